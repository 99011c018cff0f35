package import Accounts
package import Events
package import Foundation
package import GRDB
import Synchronization

/// The read side: whatever pages show. The one facade of this module.
///
/// The views follow the log on a thread of their own. A rebuild makes the next generation beside the present one and takes its place in one step.
package final class Views: Sendable {
    private let projector: Projector

    /// Opens the newest generation of this program's code, or builds one; returns when it has caught up with the log.
    package init(of log: EventLog, in directory: URL, progress: @escaping ProgressReport = { _ in }) throws {
        projector = try Projector(log: log, directory: directory, progress: progress)
    }

    /// Runs a query on the generation in use. A switch does not disturb it.
    package func read<Value>(_ query: (Database) throws -> Value) throws -> Value { try projector.current.read(query) }

    /// Waits until the views show `position`, so that people see what they have just written.
    /// - Returns: false when they did not get there within `limit`.
    package func reach(_ position: Int, within limit: Duration = .seconds(2)) async -> Bool {
        await projector.reach(position, within: limit)
    }

    /// Builds all views anew beside the ones in use and switches to them.
    /// - Throws: `RebuildRefusal` when one is running already, `ProjectionFailure`, `CancellationError`.
    package func rebuild(progress: @escaping ProgressReport = { _ in }) async throws -> Rebuilt {
        try await projector.rebuild(progress: progress)
    }

    /// Builds the views anew, as `rebuild` does, when the policy in force lets something else be seen of members than they were built by.
    /// - Returns: nil when nothing differs.
    @discardableResult
    package func followRules(progress: @escaping ProgressReport = { _ in }) async throws -> Rebuilt? {
        try await projector.followRules(progress: progress)
    }

    /// What pages would show otherwise under a draft of the policy: its views are built beside the ones in use, compared with them, and
    /// deleted. Nothing else changes.
    package func preview(
        showing shown: ShownFields, progress: @escaping ProgressReport = { _ in }
    ) async throws -> ViewsPreview {
        try await projector.preview(showing: shown, progress: progress)
    }

    package var status: ViewsStatus { projector.status }

    /// What a query begun now will show, or something newer. What was made of the views at the same moment says the same.
    package var moment: ViewsMoment { projector.current.moment }

    /// Leaves nothing of what was erased up to a position in any file of views: the one in use, one that is being built, a previous one.
    ///
    /// Takes as long as the search indices are large: not for an event loop.
    /// - Returns: how many generations there are; nil when that is not certain yet, and to be asked again.
    package func forgetErased(through position: Int) throws -> Int? {
        try projector.forgetErased(through: position)
    }

    package func close() { projector.close() }

    /// Removes every generation, so that the next opening builds them anew. Nothing may be running.
    package static func deleteAll(in directory: URL) {
        for number in Generation.numbers(in: directory) {
            Generation.deleteFiles(at: Generation.path(number, in: directory))
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
}

/// A state of the views: which building of them, and how far it has followed the log.
package struct ViewsMoment: Hashable, Sendable {
    package let generation: Int
    package let position: Int
}

package struct ViewsStatus: Sendable {
    package let generation: Int
    package let position: Int
    package let head: Int
    package let failure: ProjectionFailure?
    package let rebuild: RebuildProgress?

    package init(generation: Int, position: Int, head: Int, failure: ProjectionFailure?, rebuild: RebuildProgress?) {
        self.generation = generation
        self.position = position
        self.head = head
        self.failure = failure
        self.rebuild = rebuild
    }
}
