package import Events
import Foundation

extension ReadingStore {
    /// Brings a restored file, or one that was there already, in line with the restored log: forgets the members whom the erasure ledger
    /// names, and lowers positions to the head. Safe to repeat after a crash.
    package static func restore(in files: LogFiles, head: Int) throws {
        guard FileManager.default.fileExists(atPath: files.reading) else { return }
        let log = try LogIdentity(readingFrom: files.log)
        let file = try ReadingFile(at: files.reading, of: log)
        for erasure in try ErasureLedger(directory: files.keys).erasures(of: log) {
            if let member = erasure.formerMember { try file.forget(member) }
        }
        try file.clip(to: head)
        try file.mergeWriteAheadLog()
    }
}

extension ReadingStore {
    package struct Findings: Sendable {
        package let isOfAnotherLog: Bool
        package let members: Int
        /// The members among them whom the ledger names as erased.
        package let ofErased: Int
        /// The number of markers after the log's head.
        package let beyondHead: Int
        /// The epochs of master keys that drafts and notes need and that are not there.
        package let missingEpochs: [Int]
    }

    /// Reads the file of a site that may be running; nil if there is none.
    package static func examine(_ files: LogFiles) throws -> Findings? {
        guard FileManager.default.fileExists(atPath: files.reading) else { return nil }
        let log = try LogIdentity(readingFrom: files.log)
        let file = try ReadingFile(reading: files.reading)
        let (members, keys) = (try file.members(), try MemberKeys(files))
        let erased = Set(try ErasureLedger(directory: files.keys).erasures(of: log).compactMap(\.formerMember))
        return Findings(
            isOfAnotherLog: try !file.isOf(log), members: members.count,
            ofErased: members.count(where: erased.contains),
            beyondHead: try file.count(after: LogExaminations(files).head()),
            missingEpochs: try file.epochs().filter { !keys.hasMasterKey(of: $0) })
    }
}
