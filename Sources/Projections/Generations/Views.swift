package import Accounts
package import Events
package import Foundation
package import Logging
import Synchronization

/// The read side: whatever pages show. The one facade of this module.
///
/// The views follow the log on a thread of their own. A rebuild makes the next generation beside the present one and takes its place in one step.
///
/// `views.threads.page(…)` and the like ask one question (`ViewsQueries`); `read` asks several of the same rows.
package final class Views: ViewsQueries, Sendable {
    private enum Origin {
        case following(Projector)
        case past(PastViews)
    }

    private let origin: Origin

    package var source: QuerySource { QuerySource(newestOf: self) }

    /// Opens the newest generation of this program's code, or builds one; returns when it has caught up with the log.
    /// - Parameter logger: hears of damaged files.
    package init(
        of log: EventLog, in directory: URL, logger: Logger = Logger(label: "views"),
        progress: @escaping ProgressReport = { _ in }
    ) throws {
        origin = .following(try Projector(log: log, directory: directory, logger: logger, progress: progress))
    }

    init(_ projector: Projector) { origin = .following(projector) }

    /// Shows what stood on the pages at an earlier time. Nothing new comes into it.
    package init(of past: PastViews) { origin = .past(past) }

    /// Runs queries on the generation in use, all of which see the same rows. A switch does not disturb them.
    /// - Throws: `ViewsDamaged`; `PastViewsUnusable` for views of the past that still hold what is erased, or are damaged.
    package func read<Value>(_ query: (ViewsSnapshot) throws -> Value) throws -> Value {
        switch origin {
        case .following(let projector): try projector.read { try query(ViewsSnapshot(database: $0)) }
        case .past(let past): try past.read { try query(ViewsSnapshot(database: $0)) }
        }
    }

    /// Waits until the views show `position`, so that people see what they have just written; those of the past, until they hold
    /// nothing that is erased.
    /// - Returns: false when they did not get there within `limit`.
    package func waitUntil(position: Int, within limit: Duration = .seconds(2)) async -> Bool {
        switch origin {
        case .following(let projector): await projector.waitUntil(position: position, within: limit)
        case .past(let past): await past.waitUntilUpToDate(within: limit)
        }
    }

    /// Builds all views anew beside the ones in use and switches to them.
    /// - Throws: `RebuildRefusal` when one is running already, `ProjectionFailure`, `CancellationError`.
    package func rebuild(progress: @escaping ProgressReport = { _ in }) async throws -> Rebuilt {
        switch origin {
        case .following(let projector): try await projector.rebuild(progress: progress)
        case .past: throw RebuildRefusal.ofThePast
        }
    }

    /// Builds the views anew, as `rebuild` does, when the policy in force lets something else be seen of members than they were built by.
    /// - Returns: nil when nothing differs.
    @discardableResult
    package func followRules(progress: @escaping ProgressReport = { _ in }) async throws -> Rebuilt? {
        switch origin {
        case .following(let projector): try await projector.followRules(progress: progress)
        case .past: nil
        }
    }

    /// What pages would show otherwise under a draft of the policy: its views are built beside the ones in use, compared with them, and
    /// deleted. Nothing else changes.
    package func preview(
        showing shown: ShownFields, progress: @escaping ProgressReport = { _ in }
    ) async throws -> ViewsPreview {
        switch origin {
        case .following(let projector): try await projector.preview(showing: shown, progress: progress)
        case .past: throw RebuildRefusal.ofThePast
        }
    }

    /// The files that show earlier times; nil when this is one.
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

    /// What a query begun now will show, or something newer. What was made of the views at the same moment says the same.
    package var version: ViewsVersion {
        switch origin {
        case .following(let projector): projector.current.moment
        case .past(let past): past.moment
        }
    }

    /// Leaves nothing of what was erased up to a position in any file of views: the one in use, one that is being built, a previous one.
    ///
    /// Takes as long as the search indices are large: not for an event loop.
    /// - Returns: how many generations there are; nil when that is not certain yet, and to be asked again.
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

    /// Removes every generation, so that the next opening builds them anew, and every file of an earlier time. Nothing may be running.
    package static func deleteAll(in directory: URL) {
        PastFiles.deleteAll(in: directory)
        for number in Generation.numbers(in: directory) {
            try? Generation.files(number, in: directory).delete()
        }
    }

    /// The file of a generation; whether there is one, nobody has looked.
    package static func path(ofGeneration number: Int, in directory: URL) -> String {
        Generation.path(number, in: directory)
    }

    /// What the files of views in a directory say of themselves; nothing needs to be running.
    package static func files(in directory: URL) throws -> [Generation.Status] {
        try Generation.numbers(in: directory).map { try Generation.status($0, in: directory) }
    }
}

/// How far a long work has come, in events.
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
    /// Views of an earlier time are not built anew in their place.
    case ofThePast
}

/// A state of the views: which building of them, and how far it has followed the log.
package struct ViewsVersion: Hashable, Sendable {
    package let generation: Int
    package let position: Int
}

package struct ViewsStatus: Sendable {
    package let generation: Int
    package let position: Int
    package let head: Int
    package let failure: ProjectionFailure?
    /// Pages show nothing until the views are built anew.
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
