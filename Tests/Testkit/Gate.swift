import Dispatch

/// Holds up callers until it is opened, and says when the first has arrived.
package final class Gate: Sendable {
    private let hasCome = AsyncStream.makeStream(of: Void.self)
    private let opening = AsyncStream.makeStream(of: Void.self)
    private let isOpen = DispatchSemaphore(value: 0)

    package init() {}

    /// Blocks the caller's thread: not for tasks.
    package func pass() {
        hasCome.continuation.yield()
        isOpen.wait()
        isOpen.signal()
    }

    /// For one task at a time.
    package func passWithoutBlocking() async {
        hasCome.continuation.yield()
        for await _ in opening.stream {}
    }

    package func waitForSomebody() async { for await _ in hasCome.stream { break } }

    package func open() {
        isOpen.signal()
        opening.continuation.finish()
    }
}
