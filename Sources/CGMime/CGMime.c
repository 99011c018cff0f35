#include "CGMime.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

static GMimeMessage *message_of(cgmime_message *m) { return (GMimeMessage *)m; }
static GMimeObject *object_of(cgmime_part *p) { return (GMimeObject *)p; }
static GMimeHeaderList *fields_of(cgmime_message *m) { return g_mime_object_get_header_list((GMimeObject *)m); }

void cgmime_begin(void) { g_mime_init(); }

cgmime_message *cgmime_parse(const void *bytes, size_t count) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, count);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  return (cgmime_message *)message;
}

void cgmime_free(cgmime_message *m) { g_object_unref(m); }

cgmime_part *cgmime_root(cgmime_message *m) { return (cgmime_part *)g_mime_message_get_mime_part(message_of(m)); }

int cgmime_field_count(cgmime_message *m) { return g_mime_header_list_get_count(fields_of(m)); }

const char *cgmime_field_name(cgmime_message *m, int index) {
  return g_mime_header_get_name(g_mime_header_list_get_header_at(fields_of(m), index));
}

const char *cgmime_field_value(cgmime_message *m, int index) {
  return g_mime_header_get_raw_value(g_mime_header_list_get_header_at(fields_of(m), index));
}

/* Strings and bytes that are handed out come from malloc, whatever GLib uses. */
static char *handed_out(char *text) {
  char *copy = text ? strdup(text) : NULL;
  g_free(text);
  return copy;
}

char *cgmime_decoded(const char *text) { return handed_out(g_mime_utils_header_decode_text(NULL, text)); }

static void collect(InternetAddressList *list, GPtrArray *mailboxes, int depth) {
  for (int i = 0; i < internet_address_list_length(list); i++) {
    InternetAddress *address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) g_ptr_array_add(mailboxes, g_object_ref(address));
    /* A group in a group is none (RFC 5322, 3.4). */
    else if (INTERNET_ADDRESS_IS_GROUP(address) && depth == 0)
      collect(internet_address_group_get_members((InternetAddressGroup *)address), mailboxes, 1);
  }
}

cgmime_addresses *cgmime_addresses_parse(const char *text) {
  InternetAddressList *list = internet_address_list_parse(NULL, text);
  if (!list) return NULL;
  GPtrArray *mailboxes = g_ptr_array_new_with_free_func(g_object_unref);
  collect(list, mailboxes, 0);
  g_object_unref(list);
  return (cgmime_addresses *)mailboxes;
}

void cgmime_addresses_free(cgmime_addresses *a) { g_ptr_array_unref((GPtrArray *)a); }
int cgmime_addresses_count(cgmime_addresses *a) { return (int)((GPtrArray *)a)->len; }
const char *cgmime_addresses_name(cgmime_addresses *a, int index) {
  return internet_address_get_name(((GPtrArray *)a)->pdata[index]);
}
const char *cgmime_addresses_address(cgmime_addresses *a, int index) {
  return internet_address_mailbox_get_addr(((GPtrArray *)a)->pdata[index]);
}

const char *cgmime_part_field(cgmime_part *p, const char *name) { return g_mime_object_get_header(object_of(p), name); }

char *cgmime_part_type(cgmime_part *p) {
  GMimeContentType *type = g_mime_object_get_content_type(object_of(p));
  return type ? handed_out(g_mime_content_type_get_mime_type(type)) : NULL;
}

const char *cgmime_part_parameter(cgmime_part *p, const char *name) {
  GMimeContentType *type = g_mime_object_get_content_type(object_of(p));
  return type ? g_mime_content_type_get_parameter(type, name) : NULL;
}

const char *cgmime_part_disposition(cgmime_part *p) { return g_mime_object_get_disposition(object_of(p)); }

int cgmime_part_count(cgmime_part *p) {
  return GMIME_IS_MULTIPART(object_of(p)) ? g_mime_multipart_get_count((GMimeMultipart *)p) : -1;
}

cgmime_part *cgmime_part_child(cgmime_part *p, int index) {
  return (cgmime_part *)g_mime_multipart_get_part((GMimeMultipart *)p, index);
}

const char *cgmime_part_prologue(cgmime_part *p) {
  return GMIME_IS_MULTIPART(object_of(p)) ? g_mime_multipart_get_prologue((GMimeMultipart *)p) : NULL;
}

cgmime_part *cgmime_part_message(cgmime_part *p) {
  if (!GMIME_IS_MESSAGE_PART(object_of(p))) return NULL;
  GMimeMessage *message = g_mime_message_part_get_message((GMimeMessagePart *)p);
  return message ? (cgmime_part *)g_mime_message_get_mime_part(message) : NULL;
}

char *cgmime_part_content(cgmime_part *p, size_t *count, enum cgmime_encoding *encoding) {
  GMimeDataWrapper *content = GMIME_IS_PART(object_of(p)) ? g_mime_part_get_content((GMimePart *)p) : NULL;
  if (!content) return NULL;
  GMimeStream *memory = g_mime_stream_mem_new();
  switch (g_mime_data_wrapper_get_encoding(content)) {
    case GMIME_CONTENT_ENCODING_BASE64: *encoding = CGMIME_BASE64; break;
    case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: *encoding = CGMIME_QUOTED_PRINTABLE; break;
    default: *encoding = CGMIME_AS_IT_IS;
  }
  if (g_mime_data_wrapper_get_encoding(content) == GMIME_CONTENT_ENCODING_UUENCODE) {
    g_mime_data_wrapper_write_to_stream(content, memory);
  } else {
    GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
    g_mime_stream_reset(stream);
    g_mime_stream_write_to_stream(stream, memory);
  }
  GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)memory);
  char *copy = malloc(bytes->len + 1);
  *count = bytes->len;
  if (copy && bytes->len) memcpy(copy, bytes->data, bytes->len);
  g_object_unref(memory);
  return copy;
}
