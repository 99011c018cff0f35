import Foundation

extension LogExaminations {
    /// Checks that each file named by an event of a type exists and is intact, unless it is erased, and that there are no others.
    /// - Parameter type: a type whose events have the file's digest as `file` in the clear part, and are in the stream of the file's
    ///   owner.
    package func sealedFiles(namedBy type: String) throws -> Examination {
        let name = "sealed files"
        let blobs = SealedFiles(files)
        let (expected, damaged) = try files(namedBy: type, in: blobs)
        guard damaged.isEmpty else {
            return Examination(
                name, .wrong,
                "\(damaged.count) of \(expected.count) in \(files.blobs.path) are missing or changed, "
                    + "such as \(damaged[0]); put them back from a backup")
        }
        let strange = blobs.names.filter { !expected.contains($0) }.count
        return strange > 0
            ? Examination(name, .warning, "\(strange) belong to nothing; the next start of the site removes them")
            : Examination(name, .ok, "\(expected.count), all whole")
    }

    private func files(namedBy type: String, in blobs: SealedFiles) throws -> (expected: Set<String>, damaged: [String])
    {
        let (log, _) = try openLog()
        let isDestroyed = try openVault().statement("SELECT wrapped IS NULL FROM keys WHERE id = ?")
        let events = try log.statement(
            "SELECT stream, CAST(clear AS TEXT), key FROM events WHERE type = '\(type)' AND key IS NOT NULL")
        defer { events.reset() }
        var (expected, damaged) = (Set<String>(), [String]())
        while try events.step() {
            guard let digest = events.text(1).firstMatch(of: /"file":"([0-9a-f]{64})"/)?.1,
                let owner = events.text(0).split(separator: ":").last
            else { continue }
            isDestroyed.bind(1, events.integer(2))
            defer { isDestroyed.reset() }
            guard try isDestroyed.step(), isDestroyed.integer(0) == 0 else { continue }
            let file = "\(owner)-\(digest)"
            expected.insert(file)
            if (try? FileDigest.of(blobs.path(file))) != String(digest) { damaged.append(file) }
        }
        return (expected, damaged)
    }
}
