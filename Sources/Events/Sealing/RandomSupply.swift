import Foundation

/// Random bytes for keys and nonces. They are fetched from the kernel in batches, because each fetch is a system call, and overwritten
/// once used.
struct RandomSupply {
    private var bytes = [UInt8](repeating: 0, count: 256)
    private var used = 256

    /// - Parameter count: 256 at most.
    mutating func take<Value>(_ count: Int, _ use: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        if used + count > bytes.count { try fetch() }
        let range = used..<(used + count)
        used += count
        return try bytes.withUnsafeMutableBytes { bytes in
            let taken = UnsafeMutableRawBufferPointer(rebasing: bytes[range])
            defer { taken.initializeMemory(as: UInt8.self, repeating: 0) }
            return try use(UnsafeRawBufferPointer(taken))
        }
    }

    private mutating func fetch() throws {
        let result = bytes.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) }
        guard result == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        used = 0
    }
}
