#include <zlib.h>

// deflateInit2 is a macro. 15 + 16: the largest window, in the wrapping of gzip.
static inline int czlib_gzip_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
