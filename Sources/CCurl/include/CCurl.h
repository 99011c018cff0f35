#ifndef CCURL_H
#define CCURL_H
#include <curl/curl.h>

/* curl_easy_setopt is variadic, which Swift cannot call: one wrapper for each type of argument. */
static inline CURLcode ccurl_set_string(CURL *c, CURLoption o, const char *v) { return curl_easy_setopt(c, o, v); }
static inline CURLcode ccurl_set_long(CURL *c, CURLoption o, long v) { return curl_easy_setopt(c, o, v); }
static inline CURLcode ccurl_set_pointer(CURL *c, CURLoption o, void *v) { return curl_easy_setopt(c, o, v); }
static inline CURLcode ccurl_set_list(CURL *c, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(c, o, v); }
static inline CURLcode ccurl_get_long(CURL *c, CURLINFO i, long *v) { return curl_easy_getinfo(c, i, v); }
static inline CURLcode ccurl_get_socket(CURL *c, int *v) { return curl_easy_getinfo(c, CURLINFO_ACTIVESOCKET, v); }
/* TLS 1.2 with forward secrecy and authenticated encryption only, or 1.3, whose suites are all of that kind; certificates are checked. */
static inline CURLcode ccurl_set_strict_tls(CURL *c) {
  CURLcode r = curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (r == CURLE_OK) r = curl_easy_setopt(c, CURLOPT_SSL_CIPHER_LIST, "ECDHE+AESGCM:ECDHE+CHACHA20");
  if (r == CURLE_OK) r = curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
  return r == CURLE_OK ? curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) : r;
}
typedef size_t (*ccurl_read_function)(char *buffer, size_t size, size_t count, void *context);
static inline CURLcode ccurl_set_read(CURL *c, ccurl_read_function f, void *context) {
  CURLcode r = curl_easy_setopt(c, CURLOPT_READFUNCTION, f);
  return r == CURLE_OK ? curl_easy_setopt(c, CURLOPT_READDATA, context) : r;
}
typedef size_t (*ccurl_write_function)(char *buffer, size_t size, size_t count, void *context);
static inline CURLcode ccurl_set_write(CURL *c, ccurl_write_function f, void *context) {
  CURLcode r = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, f);
  return r == CURLE_OK ? curl_easy_setopt(c, CURLOPT_WRITEDATA, context) : r;
}
typedef int (*ccurl_progress_function)(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
/* Called about once a second, and whenever something moves; anything but 0 breaks the transfer off. */
static inline CURLcode ccurl_set_progress(CURL *c, ccurl_progress_function f, void *context) {
  CURLcode r = curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, f);
  if (r == CURLE_OK) r = curl_easy_setopt(c, CURLOPT_XFERINFODATA, context);
  return r == CURLE_OK ? curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L) : r;
}
#endif
