package import Events
import Foundation
import GRDB
import Synchronization

/// What the pages showed at an earlier time, in a separate file that only erasures change.
package final class PastViews: Sendable {
    package let about: Status
    private let generation: Generation
    private let log: EventLog
    /// The position of the last fence whose erasures are gone from the file.
    private let fenced: Atomic<Int>

    /// What such a file records about itself.
    package struct Status: Sendable {
        package let path: String
        /// The requested time; dated states are judged at it.
        package let time: Instant
        package let position: Int
        package let fenced: Int
        package let isOfThisProgram: Bool
        package let bytes: Int
        let log: String

        package var name: String { URL(fileURLWithPath: path).lastPathComponent }
    }

    /// - Throws: `PastViewsUnusable`.
    init(at path: String, of log: EventLog) throws {
        about = try Status(of: path)
        guard about.log == log.identity.id else { throw PastViewsUnusable.ofAnotherLog(path) }
        guard about.isOfThisProgram else { throw PastViewsUnusable.ofAnotherProgram(path) }
        guard about.position <= log.head, about.fenced <= log.head else { throw PastViewsUnusable.aheadOfTheLog(path) }
        do { generation = try Generation(number: 0, at: path) } catch is ViewsDamaged {
            throw PastViewsUnusable.damaged(path)
        }
        fenced = Atomic(about.fenced)
        self.log = log
    }

    var moment: ViewsVersion {
        ViewsVersion(generation: -fenced.load(ordering: .acquiring), position: about.position)
    }

    var status: ViewsStatus {
        ViewsStatus(generation: 0, position: about.position, head: about.position, failure: nil, rebuild: nil)
    }

    /// - Throws: `PastViewsUnusable.behindErasures` until fenced data is gone from the file: it is never shown, not even briefly.
    func read<Value>(_ query: (Database) throws -> Value) throws -> Value {
        try requireUpToDate()
        do { return try generation.read(query) } catch is ViewsDamaged {
            throw PastViewsUnusable.damaged(about.path)
        }
    }

    /// Waits until erased data is gone from the file.
    /// - Returns: false when that takes longer than `limit`.
    func waitUntilUpToDate(within limit: Duration) async -> Bool {
        let end = ContinuousClock.now + limit
        while (try? requireUpToDate()) == nil {
            guard ContinuousClock.now < end, (try? await Task.sleep(for: .milliseconds(50))) != nil else {
                return false
            }
        }
        return true
    }

    func requireUpToDate() throws {
        guard try log.lastFence() <= fenced.load(ordering: .acquiring) else {
            throw PastViewsUnusable.behindErasures(about.path)
        }
    }

    /// Applies the erasures since the last call, and leaves no trace of the erased data in the file.
    /// - Returns: false while a reader uses an older snapshot.
    func forgetErased() throws -> Bool {
        let fences = try log.fences(after: fenced.load(ordering: .acquiring))
        if let last = fences.last {
            let projected = try fences.map { try ProjectedEvent($0, from: log) }
            try generation.change(with: log) { views in
                for fence in projected { try Generation.forget(fence, in: views) }
                try views.run("UPDATE past SET fenced = ?", .integer(last.position))
            }
            fenced.store(last.position, ordering: .releasing)
        }
        return try generation.forgetErased()
    }

    func close() throws { try generation.close() }

    /// Creates such a file, without anything that is erased by now, whether before or after `time`.
    static func load(
        _ path: String, of log: EventLog, at time: Instant, _ report: (RebuildProgress) throws -> Void
    ) throws {
        try GenerationLoad.load(path, from: log, through: log.position(at: time), as: .past, report) { views in
            let position = try log.position(at: time)
            let fences = try log.fences(after: position)
            for fence in fences { try Generation.forget(ProjectedEvent(fence, from: log), in: views) }
            try views.connection.run(
                "CREATE TABLE past(log TEXT NOT NULL, time INTEGER NOT NULL, fenced INTEGER NOT NULL) STRICT")
            try views.run(
                "INSERT INTO past VALUES (?, ?, ?)", .text(log.identity.id), .time(time),
                .integer(fences.last?.position ?? position))
        }
    }
}

extension PastViews.Status {
    /// Reads what a file records about itself, also while another process uses it.
    /// - Throws: `PastViewsUnusable.missing`, `notOfThePast`.
    init(of path: String) throws {
        switch DatabaseFiles(path).state {
        case .missing: throw PastViewsUnusable.missing(path)
        case .noDatabase: throw PastViewsUnusable.notOfThePast(path)
        case .damaged: throw PastViewsUnusable.damaged(path)
        case .closed, .interrupted: break
        }
        do {
            let connection = try SQLiteConnection.reading(path)
            guard try connection.text("SELECT state FROM generation") == Generation.State.past.rawValue,
                let log = try connection.text("SELECT log FROM past"),
                let time = try connection.integer("SELECT time FROM past")
            else { throw PastViewsUnusable.notOfThePast(path) }
            self.log = log
            self.path = path
            self.time = Instant(milliseconds: Int64(time))
            position = try connection.integer("SELECT position FROM generation") ?? 0
            fenced = try connection.integer("SELECT fenced FROM past") ?? 0
            isOfThisProgram = try connection.text("SELECT code FROM generation") == Generation.code
        } catch let error as SQLiteError {
            if error.isDamage { throw PastViewsUnusable.damaged(path) }
            throw PastViewsUnusable.notOfThePast(path)
        }
        bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
}

/// Why a file cannot show an earlier time, or cannot be made.
package enum PastViewsUnusable: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(String)
    case notOfThePast(String)
    case damaged(String)
    case ofAnotherLog(String)
    case ofAnotherProgram(String)
    case aheadOfTheLog(String)
    /// It still holds data that was erased since.
    case behindErasures(String)
    case isShown(String)
    case fileExists(String)
    case cannotBeMade(String)
    case nothingThen(Instant)

    package var description: String {
        switch self {
        case .missing(let path): "there is no file \(path); 'views status' lists those there are"
        case .notOfThePast(let path):
            "\(path) holds no views of an earlier time; make one with 'views rebuild --as-of TIME'"
        case .damaged(let path): "\(path) is damaged; delete it and make a new one"
        case .ofAnotherLog(let path): "\(path) was made from another site's log; make one from this log"
        case .ofAnotherProgram(let path):
            "\(path) was made by another version of the program; delete it and make a new one"
        case .aheadOfTheLog(let path):
            "\(path) shows events that this log does not have; delete it and make a new one"
        case .behindErasures(let path):
            "\(path) was made before the latest erasure and may hold what is erased; delete it and make a new one"
        case .isShown(let path): "\(path) is being shown; stop that first"
        case .fileExists(let path): "there is a file \(path) already; choose another name"
        case .cannotBeMade(let path):
            "the file \(path) cannot be made; see whether its directory is there and can be written"
        case .nothingThen(let time): "the log has no event from \(time) or before"
        }
    }
}
