import Synchronization

/// A value that tests share between tasks.
package final class Guarded<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    package init(_ value: Value) { mutex = Mutex(value) }

    package var value: Value { mutex.withLock { $0 } }

    package func update(_ change: (inout Value) -> Void) {
        mutex.withLock { value in
            var copy = value
            change(&copy)
            value = copy
        }
    }
}
