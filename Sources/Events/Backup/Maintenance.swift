import Foundation
import Synchronization

/// Long work on a log's files, one at a time: making a backup, rotating keys, destroying old ones.
final class Maintenance: Sendable {
    private let running = Mutex<MaintenanceWork?>(nil)

    /// - Throws: `MaintenanceRefusal` when other maintenance is under way.
    func alone<Value>(_ work: MaintenanceWork, _ body: () async throws -> Value) async throws -> Value {
        try running.withLock { running in
            if let running { throw MaintenanceRefusal.underWay(running) }
            running = work
        }
        defer { running.withLock { $0 = nil } }
        return try await body()
    }

    /// Runs on a separate thread, so that long work on files blocks no request.
    static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.name = "maintenance"
            thread.start()
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
