package import Dispatch
package import Events
import Foundation
package import Logging
package import Projections
import Synchronization

/// What each member has read, her bookmarks and her drafts (P-06.4): state of readers, kept in `reading.sqlite` and never in the log.
///
/// Written by the serving process alone. Markers are written in batches: a crash may lose the newest. A bookmark or draft is on disk when it
/// is answered. Commands without a server read the file if there is one, and keep what they mark to themselves.
package final class ReadingStore: Sendable {
    struct Known {
        var markers: ReadMarkers
        var revision: Int
    }

    struct Memory {
        var known: [MemberID: Known] = [:]
        /// Markers that are not in the file yet.
        var waiting: [MemberID: ReadMarkers] = [:]
        /// Whether a write is scheduled.
        var isAwaited = false
        var floor = 0
        var revision = 0
        /// Changes when known markers become invalid, so that none that were read before are kept.
        var forgotten = 0
        /// The bookmarks and drafts of recent readers.
        var saved: [MemberID: SavedPlaces] = [:]
        /// Members who were erased while this process ran: nothing of them is written again.
        var erased: Set<MemberID> = []

        mutating func nextRevision() -> Int {
            revision += 1
            return revision
        }
    }

    /// Nil before a site has served the data. Locked before `memory`, never after.
    let file: Mutex<ReadingFile?>
    let memory = Mutex(Memory())
    let isServing: Bool
    /// Nil for views of an earlier time, which show neither drafts nor bookmarks.
    let keys: MemberKeys?
    let path: String?
    private let logger: Logger
    private let pause: DispatchTimeInterval
    private let queue = DispatchQueue(label: "reading", qos: .utility)
    private let followers = Followers()

    static let mostKnown = 10_000

    /// Opens the store of the serving process.
    /// - Parameters:
    ///   - pause: the maximum time that markers wait to be written.
    ///   - keys: seal notes and drafts.
    ///   - imported: the markers in the log of earlier programs; called once in the life of a file.
    /// - Throws: `ReadingUnusable`.
    package init(
        serving path: String, of log: LogIdentity, keys: MemberKeys, logger: Logger,
        pause: DispatchTimeInterval = .milliseconds(500),
        importing imported: () throws -> ImportedMarkers
    ) throws {
        let opened = try ReadingFile(at: path, of: log)
        for epoch in try opened.epochs() where !keys.hasMasterKey(of: epoch) {
            throw ReadingUnusable.epochMissing(epoch, path)
        }
        if try !opened.isImported {
            let markers = try imported()
            try opened.write(markers.markers, imported: markers.head)
            _ = try opened.prune(through: markers.floor)
        }
        let floor = try opened.floor
        file = Mutex(opened)
        isServing = true
        (self.keys, self.path) = (keys, path)
        self.logger = logger
        self.pause = pause
        memory.withLock { $0.floor = floor }
    }

    /// Opens the file for reading, if there is one.
    package init(reading path: String, keys: MemberKeys, logger: Logger) throws {
        let opened = FileManager.default.fileExists(atPath: path) ? try ReadingFile(reading: path) : nil
        let floor = try opened?.floor ?? 0
        file = Mutex(opened)
        isServing = false
        (self.keys, self.path) = (keys, path)
        self.logger = logger
        pause = .never
        memory.withLock { $0.floor = floor }
    }

    /// Without a file, as for views of an earlier time.
    package init() {
        file = Mutex(nil)
        isServing = false
        (keys, path) = (nil, nil)
        logger = .standardError
        pause = .never
    }

    package func markers(of member: MemberID) throws -> ReadMarkers {
        if let known = memory.withLock({ $0.known[member]?.markers }) { return known }
        return try file.withLock { file in
            let (floor, forgotten) = memory.withLock { ($0.floor, $0.forgotten) }
            var markers = ReadMarkers(try file?.rows(of: member) ?? [], floor: floor)
            memory.withLock { memory in
                if let waiting = memory.waiting[member] { markers.add(waiting) }
                guard memory.forgotten == forgotten else { return }
                if memory.known.count >= ReadingStore.mostKnown { memory.known = [:] }
                let revision = memory.nextRevision()
                memory.known[member] = Known(markers: markers, revision: revision)
            }
            return markers
        }
    }

    /// Changes whenever a member's markers, bookmarks or drafts change; nil if they are not known now.
    package func revision(of member: MemberID) -> Int? { memory.withLock { $0.known[member]?.revision } }

    /// Adds markers, which count at once and are written shortly after.
    package func add(_ markers: ReadMarkers, of member: MemberID) {
        let wakes = memory.withLock { memory in
            guard !memory.erased.contains(member) else { return false }
            memory.waiting[member, default: ReadMarkers()].add(markers)
            if var known = memory.known[member] {
                known.markers.add(markers)
                known.revision = memory.nextRevision()
                memory.known[member] = known
            }
            guard isServing, !memory.isAwaited else { return false }
            memory.isAwaited = true
            return true
        }
        if wakes { queue.asyncAfter(deadline: .now() + pause) { [weak self] in self?.writeQuietly() } }
        followers.tell()
    }

    /// A stream that yields once at the start and after each change of anybody's markers.
    package func changes() -> AsyncStream<Void> { followers.follow() }

    /// Replaces a member's markers by one: everything up to a position is read.
    package func clear(_ member: MemberID, through position: Int) throws {
        var markers = ReadMarkers()
        markers.everything = position
        add(markers, of: member)
        try flush()
        _ = try emptyWriteAheadLog()
    }

    /// Deletes everything of an erased member; nothing of her is written after that.
    package func forget(_ member: MemberID) throws {
        try writing { file in
            memory.withLock { memory in
                memory.erased.insert(member)
                memory.waiting[member] = nil
                memory.known[member] = nil
                memory.saved[member] = nil
                memory.forgotten += 1
            }
            if isServing { try file?.forget(member) }
        }
    }

    /// Deletes markers up to a position; everything up to it counts as read from then on, for everybody.
    /// - Returns: how many were deleted; 0 if no site serves.
    @discardableResult
    package func prune(through position: Int) throws -> Int {
        guard isServing else { return 0 }
        return try writing { file in
            let count = try file?.prune(through: position) ?? 0
            memory.withLock { memory in
                memory.floor = max(memory.floor, position)
                memory.known = [:]
                memory.forgotten += 1
            }
            return count
        }
    }

    /// The members of whom the file has anything.
    package func members() throws -> [MemberID] { try file.withLock { try $0?.members() ?? [] } }

    /// The number of markers that `prune` would delete; 0 if no site serves.
    package func count(through position: Int) throws -> Int {
        isServing ? try writing { try $0?.count(through: position) ?? 0 } : 0
    }

    /// The position of the oldest marker.
    package func oldest() throws -> Int? { try file.withLock { try $0?.oldest } }

    /// Writes everything that was added so far.
    package func flush() throws { try writing { _ in } }

    /// - Returns: false while another connection reads an older snapshot of the file.
    package func emptyWriteAheadLog() throws -> Bool {
        guard isServing else { return true }
        return try writing { try $0?.emptyWriteAheadLog() ?? true }
    }

    /// Writes what waits, and closes the file without a write-ahead log.
    package func close() {
        followers.finish()
        do {
            try writing { file in
                if isServing { try file?.mergeWriteAheadLog() }
                file = nil
            }
        } catch {
            logger.error("what was read last cannot be stored", metadata: ["kind": "\(type(of: error))"])
        }
    }

    private func writeQuietly() {
        do {
            try flush()
        } catch {
            logger.error("what is read cannot be stored", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Writes what waits, then runs `body` on the file under the same lock.
    func writing<Value: Sendable>(_ body: (inout ReadingFile?) throws -> Value) throws -> Value {
        try file.withLock { file in
            if isServing, let file {
                let waiting = memory.withLock { memory in
                    defer { (memory.waiting, memory.isAwaited) = ([:], false) }
                    return memory.waiting
                }
                do {
                    if !waiting.isEmpty { try file.write(waiting) }
                } catch {
                    // Still counts in this process, and is written with the next markers.
                    memory.withLock { $0.waiting.merge(waiting) { $0.adding($1) } }
                    throw error
                }
            }
            return try body(&file)
        }
    }
}
