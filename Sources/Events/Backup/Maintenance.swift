import Foundation
import Synchronization

/// Long work on a log's files, one at a time: making a backup, rotating keys, destroying old ones.
final class Maintenance: Sendable {
    private typealias State = (running: MaintenanceWork?, waiting: [CheckedContinuation<Void, Never>])

    private let state = Mutex<State>((nil, []))

    /// - Parameter other: work that is waited for instead of refusing.
    /// - Throws: `MaintenanceRefusal` when other maintenance is under way.
    func alone<Value>(
        _ work: MaintenanceWork, after other: MaintenanceWork? = nil, _ body: () async throws -> Value
    ) async throws -> Value {
        while let running = take(work) {
            guard running == other else { throw MaintenanceRefusal.underWay(running) }
            await end(of: running)
        }
        defer {
            let waiting = state.withLock { state in
                defer { state = (nil, []) }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
        return try await body()
    }

    /// Waits while that work is under way.
    func end(of work: MaintenanceWork) async {
        await withCheckedContinuation { continuation in
            let isUnderWay = state.withLock { state in
                guard state.running == work else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !isUnderWay { continuation.resume() }
        }
    }

    /// - Returns: the work that is under way already; nil when `work` may begin.
    private func take(_ work: MaintenanceWork) -> MaintenanceWork? {
        state.withLock { state in
            guard state.running == nil else { return state.running }
            state.running = work
            return nil
        }
    }
}

/// Work of which only one may be under way.
package enum MaintenanceWork: String, Sendable {
    case backup = "a backup"
    case keyRotation = "a rotation of keys"
}

/// Maintenance cannot begin now.
package enum MaintenanceRefusal: Error, Hashable, CustomStringConvertible {
    case underWay(MaintenanceWork)

    package var description: String {
        switch self {
        case .underWay(let work): "\(work.rawValue) is under way; wait until it is done"
        }
    }
}

/// The progress of long work.
package struct MaintenanceProgress: Hashable, Sendable {
    package let step: String
    package let done: Int
    package let total: Int

    package typealias Report = @Sendable (MaintenanceProgress) -> Void
}
