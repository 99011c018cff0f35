package import Accounts
package import Events
package import Foundation
package import Logging
import Synchronization

/// The read side, from which pages are rendered. The one facade of this module.
///
/// The views follow the log on a separate thread. A rebuild makes the next generation while this one is in use, and switches in one step.
///
/// `views.threads.page(…)` and the like run one query (`ViewsQueries`); `read` runs several on the same snapshot.
package final class Views: ViewsQueries, Sendable {
    private enum Origin {
        case following(Projector)
        case past(PastViews)
    }

    private let origin: Origin

    package var source: QuerySource { QuerySource(newestOf: self) }

    /// Opens the newest generation of this program's code, or builds one; returns when it has caught up with the log.
    /// - Parameter logger: reports damaged files.
    package init(
        of log: EventLog, in directory: URL, logger: Logger = Logger(label: "views"),
        progress: @escaping ProgressReport = { _ in }
    ) throws {
        origin = .following(try Projector(log: log, directory: directory, logger: logger, progress: progress))
    }

    init(_ projector: Projector) { origin = .following(projector) }

    /// Shows the pages as they stood at an earlier time; new events do not change them.
    package init(of past: PastViews) { origin = .past(past) }

    /// Runs queries on one snapshot of the generation in use; a switch does not affect them.
    /// - Throws: `ViewsDamaged`; `PastViewsUnusable` for views of the past that still hold erased data, or are damaged.
    package func read<Value>(_ query: (ViewsSnapshot) throws -> Value) throws -> Value {
        switch origin {
        case .following(let projector): try projector.read { try query(ViewsSnapshot(database: $0)) }
        case .past(let past): try past.read { try query(ViewsSnapshot(database: $0)) }
        }
    }

    /// Waits until the views show `position`, so that people see what they have just written; views of the past, until erased data is gone.
    /// - Returns: false when that takes longer than `limit`.
    package func waitUntil(position: Int, within limit: Duration = .seconds(2)) async -> Bool {
        switch origin {
        case .following(let projector): await projector.waitUntil(position: position, within: limit)
        case .past(let past): await past.waitUntilUpToDate(within: limit)
        }
    }

    /// Builds all views anew while the present ones stay in use, then switches to them.
    /// - Throws: `RebuildRefusal` when one is running already, `ProjectionFailure`, `CancellationError`.
    package func rebuild(progress: @escaping ProgressReport = { _ in }) async throws -> Rebuilt {
        switch origin {
        case .following(let projector): try await projector.rebuild(progress: progress)
        case .past: throw RebuildRefusal.ofThePast
        }
    }

    /// Rebuilds, as `rebuild` does, when the policy in force shows other member fields than the views were built with.
    /// - Returns: nil when nothing differs.
    @discardableResult
    package func followRules(progress: @escaping ProgressReport = { _ in }) async throws -> Rebuilt? {
        switch origin {
        case .following(let projector): try await projector.followRules(progress: progress)
        case .past: nil
        }
    }

    /// Compares the views with those under a draft of the policy, which are built separately and deleted again. Nothing else changes.
    package func preview(
        showing shown: ShownFields, progress: @escaping ProgressReport = { _ in }
    ) async throws -> ViewsPreview {
        switch origin {
        case .following(let projector): try await projector.preview(showing: shown, progress: progress)
        case .past: throw RebuildRefusal.ofThePast
        }
    }

    /// The files of views of earlier times; nil when this is one of them.
    package var past: PastFiles? {
        switch origin {
        case .following(let projector): projector.past
        case .past: nil
        }
    }

    package var status: ViewsStatus {
        switch origin {
        case .following(let projector): projector.status
        case .past(let past): past.status
        }
    }

    /// The version that a query started now shows, or an older one; output rendered at the same version is the same.
    package var version: ViewsVersion {
        switch origin {
        case .following(let projector): projector.current.moment
        case .past(let past): past.moment
        }
    }

    /// Leaves no trace of what was erased up to a position in any view file: in use, being built, previous, or of an earlier time.
    ///
    /// Takes time in proportion to the search indices: not for an event loop.
    /// - Returns: the number of files; nil when the erasure is not complete yet, and the call is to be repeated.
    package func forgetErased(through position: Int) throws -> Int? {
        switch origin {
        case .following(let projector): try projector.forgetErased(through: position)
        case .past: nil
        }
    }

    package func close() {
        switch origin {
        case .following(let projector): projector.close()
        case .past: break
        }
    }

    /// Deletes every generation, so that the next start builds them anew, and every file of an earlier time. No process may be running.
    package static func deleteAll(in directory: URL) {
        PastFiles.deleteAll(in: directory)
        for number in Generation.numbers(in: directory) {
            try? Generation.files(number, in: directory).delete()
        }
    }

    /// The path of a generation's file, whether or not it exists.
    package static func path(ofGeneration number: Int, in directory: URL) -> String {
        Generation.path(number, in: directory)
    }

    /// What the view files in a directory record about themselves; needs no running process.
    package static func files(in directory: URL) throws -> [Generation.Status] {
        try Generation.numbers(in: directory).map { try Generation.status($0, in: directory) }
    }
}

/// The progress of a long operation, in events.
package struct RebuildProgress: Sendable {
    package let done: Int
    package let total: Int

    package init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }
}

package typealias ProgressReport = @Sendable (RebuildProgress) -> Void

package struct Rebuilt: Sendable {
    package let generation: Int
    package let events: Int
    package let seconds: Double
}

package enum RebuildRefusal: Error {
    case alreadyRunning
    /// Views of an earlier time cannot be rebuilt.
    case ofThePast
    case closed
}

/// A version of the views: a generation and its position in the log.
package struct ViewsVersion: Hashable, Sendable {
    package let generation: Int
    package let position: Int
}

package struct ViewsStatus: Sendable {
    package let generation: Int
    package let position: Int
    package let head: Int
    package let failure: ProjectionFailure?
    /// Pages show nothing until the views are rebuilt.
    package let isDamaged: Bool
    package let rebuild: RebuildProgress?

    package init(
        generation: Int, position: Int, head: Int, failure: ProjectionFailure?, isDamaged: Bool = false,
        rebuild: RebuildProgress?
    ) {
        self.generation = generation
        self.position = position
        self.head = head
        self.failure = failure
        self.isDamaged = isDamaged
        self.rebuild = rebuild
    }
}
