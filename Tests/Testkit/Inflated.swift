import CZlib

/// Decompresses gzip and zlib streams inside a byte sequence, as far as each is intact.
enum Inflated {
    private static let mostBytes = 16 << 20

    static func parts(of bytes: [UInt8]) -> [(offset: Int, bytes: [UInt8])] {
        var offsets: [Int] = []
        bytes.withUnsafeBufferPointer { bytes in
            var offset = 0
            while offset < bytes.count - 2 {
                if bytes[offset] == 0x1F || bytes[offset] == 0x78,
                    mayBegin(bytes[offset], bytes[offset + 1], bytes[offset + 2])
                {
                    offsets.append(offset)
                }
                offset += 1
            }
        }
        return offsets.compactMap { offset in
            let part = inflate(bytes[offset...])
            return part.isEmpty ? nil : (offset, part)
        }
    }

    private static func mayBegin(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0x1F, 0x8B): third == 8
        case (0x78, 0x01), (0x78, 0x5E), (0x78, 0x9C), (0x78, 0xDA): true
        default: false
        }
    }

    /// The decompressed bytes up to the end of the stream, or up to the first invalid byte.
    private static func inflate(_ input: ArraySlice<UInt8>) -> [UInt8] {
        var stream = z_stream()
        // 32: detect gzip or zlib from the header.
        guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return []
        }
        defer { inflateEnd(&stream) }
        var input = Array(input)
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            var status = Z_OK
            while status == Z_OK, output.count < mostBytes {
                let written = chunk.withUnsafeMutableBufferPointer { chunk in
                    stream.next_out = chunk.baseAddress
                    stream.avail_out = UInt32(chunk.count)
                    status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    return chunk.count - Int(stream.avail_out)
                }
                output += chunk.prefix(written)
                if written == 0, stream.avail_in == 0 { break }
            }
        }
        return output
    }
}
