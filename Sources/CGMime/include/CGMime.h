#ifndef CGMIME_H
#define CGMIME_H
#include <stddef.h>

/* What is used of GMime 3, without its types: GLib's headers stay out of Swift. Everything that is a part of a message lives as long as it. */
typedef struct cgmime_message cgmime_message;
typedef struct cgmime_part cgmime_part;
typedef struct cgmime_addresses cgmime_addresses;

/* To be called once, before anything else. */
void cgmime_begin(void);

/* NULL when there is nothing like a message. Copies the bytes. */
cgmime_message *cgmime_parse(const void *bytes, size_t count);
void cgmime_free(cgmime_message *message);
cgmime_part *cgmime_root(cgmime_message *message);

int cgmime_field_count(cgmime_message *message);
const char *cgmime_field_name(cgmime_message *message, int index);
/* As it stands in the mail, folded and encoded. */
const char *cgmime_field_value(cgmime_message *message, int index);

/* Encoded words as UTF-8 (RFC 2047); to be freed. */
char *cgmime_decoded(const char *text);
/* The mailboxes of a field, those of groups among them, as UTF-8; NULL for none. */
cgmime_addresses *cgmime_addresses_parse(const char *text);
void cgmime_addresses_free(cgmime_addresses *addresses);
int cgmime_addresses_count(cgmime_addresses *addresses);
/* NULL for no name. */
const char *cgmime_addresses_name(cgmime_addresses *addresses, int index);
const char *cgmime_addresses_address(cgmime_addresses *addresses, int index);

/* A field of the part's own header, or NULL. */
const char *cgmime_part_field(cgmime_part *part, const char *name);
/* `text/plain`; to be freed. */
char *cgmime_part_type(cgmime_part *part);
const char *cgmime_part_parameter(cgmime_part *part, const char *name);
const char *cgmime_part_disposition(cgmime_part *part);

/* -1 for what is no multipart. */
int cgmime_part_count(cgmime_part *part);
cgmime_part *cgmime_part_child(cgmime_part *part, int index);
/* What stands before the first boundary; NULL for nothing. */
const char *cgmime_part_prologue(cgmime_part *part);
/* What is in a part of type `message/rfc822`; NULL for anything else. */
cgmime_part *cgmime_part_message(cgmime_part *part);

enum cgmime_encoding { CGMIME_AS_IT_IS, CGMIME_BASE64, CGMIME_QUOTED_PRINTABLE };
/* The content: still encoded where the encoding says so, other encodings decoded. To be freed; NULL for none. */
char *cgmime_part_content(cgmime_part *part, size_t *count, enum cgmime_encoding *encoding);
#endif
