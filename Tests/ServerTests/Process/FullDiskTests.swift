import Events
import Foundation
import Testing
import Testkit

@Suite(.serialized) struct `A full disk` {
    private static let mayMount: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk(megabytes: 1) else { return false }
        withExtendedLifetime(disk) {}
        return true
    }()

    @Test(.enabled(if: mayMount, "needs to be root, and to be allowed to mount a small tmpfs"))
    func `is an error that says so, loses nothing, and is over when there is room again`() async throws {
        let disk = try SmallDisk(megabytes: 24)
        let site = try await ProgramSite(in: disk.directory.appending(path: "site"))
        let server = try await site.serve()
        let filler = try disk.fill(leaving: 1_000_000)

        let full = try await site.run("append-load", "--events", "100000", "--writers", "4", "--acknowledge")
        #expect(full.status == 70)
        #expect(full.errors == "mikroforetag: the disk is full; make room and repeat the command, nothing was stored\n")
        let acknowledged = full.lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        let head = try LogCopy(site.files).head()
        #expect(try #require(acknowledged.max()) <= head)
        #expect(server.isRunning)

        try FileManager.default.removeItem(at: filler)
        let again = try await site.run("append-load", "--events", "50", "--writers", "4", "--acknowledge")
        #expect(again.status == 0, "\(again.errors)")
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
        #expect(try LogCopy(site.files).head() >= head + 40)
        #expect(try await site.run("log", "verify").status == 0)
        let views = try await site.run("views", "status", "--json")
        #expect(views.output.contains("\"position\":\(try LogCopy(site.files).head())"), "\(views.output)")
    }
}

/// A file system in memory of a few megabytes.
private final class SmallDisk {
    let directory: URL

    init(megabytes: Int) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        guard mount("tmpfs", directory.path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EPERM)
        }
    }

    deinit {
        umount2(directory.path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(at: directory)
    }

    /// Fills the disk except for `bytes`.
    func fill(leaving bytes: Int) throws -> URL {
        let file = directory.appending(path: "filler")
        var space = statvfs()
        try #require(statvfs(directory.path, &space) == 0)
        let free = Int(space.f_bavail) * Int(space.f_frsize)
        try Data(count: max(0, free - bytes)).write(to: file)
        return file
    }
}
