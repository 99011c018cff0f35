import Foundation
import Testing

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Memory that is given back` {
    @Test func `is what stands in the program's files, never what the loader or the program has written`() {
        let mappings = """
            5581b2e00000-5581b2f00000 r--p 00000000 fe:00 131072                     /usr/bin/mikroforetag
            5581b2f00000-5581b4c00000 r-xp 00100000 fe:00 131072                     /usr/bin/mikroforetag
            5581b4c00000-5581b4d00000 r--p 01e00000 fe:00 131072                     /usr/bin/mikroforetag
            5581b4d00000-5581b4e00000 rw-p 01f00000 fe:00 131072                     /usr/bin/mikroforetag
            5581b5000000-5581b6000000 rw-p 00000000 00:00 0                          [heap]
            7f1000000000-7f1000021000 rw-p 00000000 00:00 0
            7f1004000000-7f1004001000 r-xp 00000000 00:00 0                          [vdso]
            7f1008000000-7f1008002000 r--s 00000000 fe:00 131073                     /srv/data/log.sqlite-shm
            """
        #expect(
            Allocator.programPages(in: mappings)
                == [0x5581_b2e0_0000..<0x5581_b2f0_0000, 0x5581_b2f0_0000..<0x5581_b4c0_0000])
    }

    @Test func `is that of the program and of all its libraries`() throws {
        let mappings = try Allocator.mappings()
        // The last entry of a process's own memory in the kernel's list.
        #expect(mappings.contains("[stack]"))
        let mapped = Allocator.programPages(in: mappings)
        let code = mappings.split(separator: "\n").filter { $0.contains(" r-xp ") && $0.contains("/") }
        #expect(code.count > 10 && mapped.count >= code.count)
    }

    @Test func `is no longer resident, but for what is used again`() throws {
        // A transitive library, which is not called after loading.
        #expect(try residentKilobytes(ofCodeIn: "libkrb5.so") != nil)
        Allocator.giveBackProgram()
        #expect(try residentKilobytes(ofCodeIn: "libkrb5.so") == 0)
    }

    /// The resident kilobytes of a mapped library's code; nil when no such file is mapped (proc(5), `smaps`).
    private func residentKilobytes(ofCodeIn name: String) throws -> Int? {
        let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
        let lines = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self).split(separator: "\n")
        guard let start = lines.firstIndex(where: { $0.contains(" r-xp ") && $0.contains(name) }),
            let resident = lines[start...].first(where: { $0.hasPrefix("Rss:") })
        else { return nil }
        return resident.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
