#ifndef CHTML_H
#define CHTML_H
#include <stddef.h>

/* What happens while HTML is read by libxml2, whose headers stay out of Swift. Names are in small letters. */
struct chtml_reader {
  void *context;
  /* Attributes: name and value by turns, NULL at the end; a value can be NULL. NULL for none. */
  void (*start)(void *context, const char *name, const char **attributes);
  void (*end)(void *context, const char *name);
  void (*characters)(void *context, const char *text, int count);
};

/* Reads a text in UTF-8 to its end, whatever it is. */
void chtml_read(const char *html, size_t count, const struct chtml_reader *reader);
#endif
