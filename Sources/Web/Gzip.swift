import CZlib
package import NIOCore

/// Compression to the gzip format (RFC 1952).
package enum Gzip {
    /// For pages, compressed during a request.
    package static let fast: Int32 = 1
    /// For files that are compressed once.
    package static let thorough: Int32 = 9

    /// The compressed bytes; nil when they would not be shorter.
    package static func compress(_ bytes: ByteBuffer, level: Int32) -> ByteBuffer? {
        var stream = z_stream()
        guard bytes.readableBytes <= Int(UInt32.max), czlib_gzip_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // The output gets no more room than the input has: compression that does not fit gains nothing.
        var output = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
        let written = output.writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.readableBytes) { target in
            bytes.withUnsafeReadableBytes { source in
                // zlib only reads from `next_in`, but its C declaration is not `const`.
                stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: Bytef.self).baseAddress)
                stream.avail_in = uInt(source.count)
                stream.next_out = target.bindMemory(to: Bytef.self).baseAddress
                stream.avail_out = uInt(bytes.readableBytes)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return written > 0 ? output : nil
    }
}
