import CZlib
package import NIOCore

/// Bytes in the format of RFC 1952.
package enum Gzip {
    /// For pages, made while somebody waits.
    package static let fast: Int32 = 1
    /// For what is made once.
    package static let thorough: Int32 = 9

    /// Nil when it would not be shorter.
    package static func compress(_ bytes: ByteBuffer, level: Int32) -> ByteBuffer? {
        var stream = z_stream()
        guard bytes.readableBytes <= Int(UInt32.max), czlib_gzip_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // No room for more than was there: what does not fit is not worth sending.
        var output = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
        let written = output.writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.readableBytes) { target in
            bytes.withUnsafeReadableBytes { source in
                // zlib only reads there, but its C says nothing of it.
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
