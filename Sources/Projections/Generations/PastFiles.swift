package import Events
package import Foundation
import Synchronization

/// The view files of earlier times that belong to a data directory; erasures reach them wherever they are stored.
///
/// Each has a name in the directory, which is the file itself or a link to it. A file that is not where its link points counts as deleted;
/// if it reappears, it lacks the erasures since then and is refused.
package final class PastFiles: Sendable {
    private struct State {
        var isBuilding = false
        var shown: [String: PastViews] = [:]
    }

    private let log: EventLog
    private let directory: URL
    private let state = Mutex(State())

    /// Deletes files that an earlier process left unfinished, or that no longer match the program or the log.
    init(of log: EventLog, in directory: URL) throws {
        self.log = log
        self.directory = directory
        for entry in PastFiles.entries(in: directory) {
            try DatabaseFiles(entry.path + GenerationLoad.unfinishedSuffix).delete()
            guard let about = try? PastViews.Status(of: entry.path), about.log == log.identity.id else {
                entry.removeName()
                continue
            }
            if !about.isOfThisProgram || max(about.position, about.fenced) > log.head { entry.delete() }
        }
    }

    /// Builds views as they stood at a time, in a new file. Leaves nothing when cancelled; after a kill, the next start deletes the rest.
    /// - Parameter file: the path to create; nil for a name in the data directory.
    /// - Throws: `PastViewsUnusable`, `RebuildRefusal.alreadyRunning`, `ProjectionFailure`, `CancellationError`.
    package func build(
        asOf time: Instant, to file: URL?, progress: @escaping ProgressReport = { _ in }
    ) async throws -> PastViews.Status {
        guard try log.position(at: time) > 0 else { throw PastViewsUnusable.nothingThen(time) }
        let entry = try state.withLock { state in
            guard !state.isBuilding else { throw RebuildRefusal.alreadyRunning }
            let entry = try register(file)
            state.isBuilding = true
            return entry
        }
        defer { state.withLock { $0.isBuilding = false } }
        do {
            return try await LongWork.run("views of the past") { [log] work in
                try PastViews.load(entry.path, of: log, at: time) { step in
                    progress(step)
                    try work.checkCancellation()
                }
                return try PastViews.Status(of: entry.path)
            }
        } catch {
            entry.delete()
            throw error
        }
    }

    /// Opens a file for showing, and registers it in this data directory if it is not registered yet.
    /// - Throws: `PastViewsUnusable`.
    package func show(_ file: URL) throws -> PastViews {
        let path = file.resolvingSymlinksInPath().path
        return try state.withLock { state in
            guard state.shown[path] == nil else { throw PastViewsUnusable.isShown(path) }
            let views = try PastViews(at: path, of: log)
            do { try views.requireUpToDate() } catch {
                try views.close()
                throw error
            }
            if !PastFiles.entries(in: directory).contains(where: { $0.path == path }) { try link(nextName, to: path) }
            state.shown[path] = views
            return views
        }
    }

    package func stopShowing(_ views: PastViews) {
        state.withLock { state in
            state.shown[views.about.path] = nil
            try? views.close()
        }
    }

    /// Deletes a file and its name.
    /// - Throws: `PastViewsUnusable.missing`, `isShown`.
    package func delete(_ file: URL) throws {
        let path = file.resolvingSymlinksInPath().path
        try state.withLock { state in
            guard state.shown[path] == nil else { throw PastViewsUnusable.isShown(path) }
            guard let entry = PastFiles.entries(in: directory).first(where: { $0.path == path }) else {
                throw PastViewsUnusable.missing(path)
            }
            entry.delete()
        }
    }

    /// Leaves no trace of erased data in any of the files.
    /// - Returns: the number of files; nil while one is being built, or while a reader uses an older snapshot of one.
    func forgetErased() throws -> Int? {
        try state.withLock { state in
            guard !state.isBuilding else { return nil }
            var count = 0
            for entry in PastFiles.entries(in: directory) {
                guard FileManager.default.fileExists(atPath: entry.path) else {
                    entry.removeName()
                    continue
                }
                if let shown = state.shown[entry.path] {
                    guard try shown.forgetErased() else { return nil }
                } else {
                    let views = try PastViews(at: entry.path, of: log)
                    defer { try? views.close() }
                    guard try views.forgetErased() else { return nil }
                }
                count += 1
            }
            return count
        }
    }

    /// The finished files of a data directory; needs no running process.
    package static func all(in directory: URL) -> [PastViews.Status] {
        entries(in: directory).compactMap { try? PastViews.Status(of: $0.path) }
    }

    static func deleteAll(in directory: URL) { for entry in entries(in: directory) { entry.delete() } }
}

extension PastFiles {
    /// A name in the data directory, and the path of its file.
    private struct Entry {
        let name: URL
        let path: String

        /// Deletes the link last: if the process ends before that, the next start still knows of the file.
        func delete() {
            try? DatabaseFiles(path).delete()
            removeName()
        }

        /// Does not delete the target of a link: it may be another file by now.
        func removeName() { try? DatabaseFiles(name.path).delete() }
    }

    private static func number(_ name: String) -> Int? {
        name.wholeMatch(of: /past-(\d+)\.sqlite/).flatMap { Int($0.1) }
    }

    private static func entries(in directory: URL) -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return names.compactMap { name in number(name).map { ($0, name) } }.sorted { $0.0 < $1.0 }.map { _, name in
            let url = directory.appending(path: name)
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path)
            return Entry(name: url, path: target ?? url.resolvingSymlinksInPath().path)
        }
    }

    private var nextName: URL {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return directory.appending(path: "past-\((names.compactMap(PastFiles.number).max() ?? 0) + 1).sqlite")
    }

    /// Creates the name before the file: if the process ends in between, the next start removes the dangling name.
    private func register(_ file: URL?) throws -> Entry {
        let name = nextName
        let path = PastFiles.real(file ?? name)
        guard let file else { return Entry(name: name, path: path) }
        guard !FileManager.default.fileExists(atPath: path) else { throw PastViewsUnusable.fileExists(path) }
        guard FileManager.default.isWritableFile(atPath: file.deletingLastPathComponent().path) else {
            throw PastViewsUnusable.cannotBeMade(path)
        }
        // A file with such a name in the data directory needs no link.
        if path == PastFiles.real(directory.appending(path: file.lastPathComponent)),
            PastFiles.number(file.lastPathComponent) != nil
        {
            return Entry(name: URL(fileURLWithPath: path), path: path)
        }
        try link(name, to: path)
        return Entry(name: name, path: path)
    }

    /// The resolved path of a file that need not exist yet.
    private static func real(_ file: URL) -> String {
        file.deletingLastPathComponent().resolvingSymlinksInPath().appending(path: file.lastPathComponent).path
    }

    private func link(_ name: URL, to path: String) throws {
        try FileManager.default.createSymbolicLink(atPath: name.path, withDestinationPath: path)
        try DurableFile.syncDirectory(of: name.path)
    }
}
