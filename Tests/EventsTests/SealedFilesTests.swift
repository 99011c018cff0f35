import Foundation
import Testing
import Testkit

@testable import Events

@Suite(.clause("P-14.1")) struct `Sealed files next to the log` {
    private static let mine = CaseID(rawValue: 1)
    private static let other = CaseID(rawValue: 2)

    private func files(_ body: (SealedFiles, URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try body(SealedFiles(LogFiles(data: directory)), directory.appending(path: "blobs"))
    }

    @Test func `open with their own key, for their own owner, and show nothing without`() throws {
        try files { files, folder in
            let words = Array("Hemligt mejl".utf8)
            let (file, key) = try files.add(words, of: Self.mine)
            #expect(try files.open(file, of: Self.mine, with: key) == words)
            #expect(try files.isWhole(file, of: Self.mine))
            #expect(file.bytes == 12 && "\(key)" == "(SealedFileKey)")
            #expect(try files.open(file, of: Self.mine, with: #require(SealedFileKey(key.text))) == words)
            let path = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).first)
            let stored = try Data(contentsOf: folder.appending(path: path))
            #expect(stored.range(of: Data(words)) == nil)
            let rights = try FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)
            #expect(rights[.posixPermissions] as? Int == 0o600)
            let another = try files.add(words, of: Self.mine)
            #expect(throws: SealedFileDamaged.self) { try files.open(file, of: Self.mine, with: another.key) }
            // Moved to another owner's file name, it does not open.
            try FileManager.default.moveItem(
                at: folder.appending(path: path),
                to: folder.appending(path: "\(Self.other)-\(file.digest)"))
            #expect(throws: SealedFileDamaged.self) { try files.open(file, of: Self.other, with: key) }
            #expect(try files.open(file, of: Self.mine, with: key) == nil)
        }
    }

    @Test(.clause("P-16.3")) func `go with their owner, and when no event names them`() throws {
        try files { files, folder in
            let first = try files.add([1], of: Self.mine).file
            let second = try files.add([2], of: Self.mine).file
            _ = try files.add([3], of: Self.other)
            try Data([4]).write(to: folder.appending(path: "\(Self.mine)-half.new"))
            #expect(try files.keep { (id: CaseID) in id == Self.mine ? [first] : [] } == 3)
            #expect(try files.isWhole(first, of: Self.mine) && !files.isWhole(second, of: Self.mine))
            try files.removeAll(of: Self.mine)
            #expect(files.names.isEmpty && files.size == 0)
        }
    }
}
