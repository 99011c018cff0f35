import CCmarkGFM
import Foundation

/// The memory that cmark works in: before each block lie zeros that belong to it.
///
/// The autolink extension of gfm.6 looks at the character before a text that begins with `xmpp:` or `mailto:` (CVE-2023-22485). It finds a
/// zero here, always, instead of what the system's allocator happens to keep there.
enum GuardedMemory {
    /// Keeps the alignment of the block.
    private static let guardSize = 16

    // Filled once and never changed afterwards; any thread may read it.
    nonisolated(unsafe) static let functions: UnsafeMutablePointer<cmark_mem> = {
        let functions = UnsafeMutablePointer<cmark_mem>.allocate(capacity: 1)
        functions.initialize(
            to: cmark_mem(
                calloc: { GuardedMemory.after(Foundation.calloc(1, GuardedMemory.size(of: $0, $1))) },
                realloc: { block, size in
                    let start = block.map { $0 - GuardedMemory.guardSize }
                    let larger = Foundation.realloc(start, GuardedMemory.size(of: 1, size))
                    if start == nil { larger?.initializeMemory(as: UInt8.self, repeating: 0, count: guardSize) }
                    return GuardedMemory.after(larger)
                },
                free: { if let block = $0 { Foundation.free(block - GuardedMemory.guardSize) } }))
        return functions
    }()

    private static func size(of count: Int, _ size: Int) -> Int { count * size + guardSize }

    /// cmark does not expect to be refused memory.
    private static func after(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer {
        guard let start else { fatalError("no memory left for Markdown") }
        return start + guardSize
    }
}
