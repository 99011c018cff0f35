#include "CHTML.h"

#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>

static void start(void *context, const xmlChar *name, const xmlChar **attributes) {
  const struct chtml_reader *reader = context;
  reader->start(reader->context, (const char *)name, (const char **)attributes);
}

static void end(void *context, const xmlChar *name) {
  const struct chtml_reader *reader = context;
  reader->end(reader->context, (const char *)name);
}

static void characters(void *context, const xmlChar *text, int count) {
  const struct chtml_reader *reader = context;
  reader->characters(reader->context, (const char *)text, count);
}

void chtml_read(const char *html, size_t count, const struct chtml_reader *reader) {
  htmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.startElement = start;
  handler.endElement = end;
  handler.characters = characters;
  handler.ignorableWhitespace = characters;
  /* What is in scripts and styles comes otherwise, and is not wanted. */
  htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&handler, (void *)reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!parser) return;
  htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  htmlParseChunk(parser, html, count > INT_MAX ? INT_MAX : (int)count, 1);
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  htmlFreeParserCtxt(parser);
}
