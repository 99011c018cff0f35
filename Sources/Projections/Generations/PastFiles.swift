package import Events
package import Foundation
import Synchronization

/// The files of views of earlier times that belong to a data directory. An erasure reaches them, wherever they lie.
///
/// Each has a name there, which is the file itself or a link to it. A file that is not where its link says counts as deleted; should it
/// turn up again it is behind the erasures that have been since, and is refused.
package final class PastFiles: Sendable {
    private struct State {
        var isBuilding = false
        var shown: [String: PastViews] = [:]
    }

    private let log: EventLog
    private let directory: URL
    private let state = Mutex(State())

    /// Files that an earlier process left unfinished, or that no longer fit the program or the log, are deleted.
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

    /// Builds views as they stood at a time, in a new file. Cancelled or killed, it leaves nothing.
    /// - Parameter file: where; nil for a name in the data directory.
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

    /// Opens a file for showing; from then on it belongs to this data directory, if it did not before.
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

    /// Leaves nothing of what is erased in any of the files.
    /// - Returns: how many there are; nil while one is being built, or an older state of one is being read.
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

    /// The finished files of a data directory; nothing needs to be running.
    package static func all(in directory: URL) -> [PastViews.Status] {
        entries(in: directory).compactMap { try? PastViews.Status(of: $0.path) }
    }

    static func deleteAll(in directory: URL) { for entry in entries(in: directory) { entry.delete() } }
}

extension PastFiles {
    /// A name in the data directory, and the file that it stands for.
    private struct Entry {
        let name: URL
        let path: String

        /// The link last: whatever ends the process before, the next start knows of the file.
        func delete() {
            try? DatabaseFiles(path).delete()
            removeName()
        }

        /// What a link leads to stays: it may be anything by now.
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

    /// Takes a name before there is a file: a process that ends in between leaves a name that leads nowhere, and the next start removes it.
    private func register(_ file: URL?) throws -> Entry {
        let name = nextName
        let path = PastFiles.real(file ?? name)
        guard let file else { return Entry(name: name, path: path) }
        guard !FileManager.default.fileExists(atPath: path) else { throw PastViewsUnusable.fileExists(path) }
        guard FileManager.default.isWritableFile(atPath: file.deletingLastPathComponent().path) else {
            throw PastViewsUnusable.cannotBeMade(path)
        }
        // A name of its own needs no other.
        if path == PastFiles.real(directory.appending(path: file.lastPathComponent)),
            PastFiles.number(file.lastPathComponent) != nil
        {
            return Entry(name: URL(fileURLWithPath: path), path: path)
        }
        try link(name, to: path)
        return Entry(name: name, path: path)
    }

    /// Where a file that need not exist yet will lie, whatever links lead there.
    private static func real(_ file: URL) -> String {
        file.deletingLastPathComponent().resolvingSymlinksInPath().appending(path: file.lastPathComponent).path
    }

    private func link(_ name: URL, to path: String) throws {
        try FileManager.default.createSymbolicLink(atPath: name.path, withDestinationPath: path)
        try DurableFile.syncDirectory(of: name.path)
    }
}
