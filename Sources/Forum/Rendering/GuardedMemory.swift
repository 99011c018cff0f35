import CCmarkGFM
import Foundation

/// The allocator that cmark uses: zero bytes precede each block and belong to it.
///
/// The autolink extension of gfm.6 reads the character before a text that begins with `xmpp:` or `mailto:` (CVE-2023-22485). It always
/// reads a zero here, whatever the system's allocator stores there.
enum GuardedMemory {
    /// A multiple of the allocation alignment, so that blocks stay aligned.
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

    /// cmark does not handle a failed allocation.
    private static func after(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer {
        guard let start else { fatalError("no memory left for Markdown") }
        return start + guardSize
    }
}
