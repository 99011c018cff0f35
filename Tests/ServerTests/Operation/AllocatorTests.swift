import Foundation
import Testing

@testable import Server

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

    @Test func `is there again when it is needed`() throws {
        let mappings = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        #expect(!Allocator.programPages(in: mappings).isEmpty)
        Allocator.giveBackProgram()
        #expect(try String(contentsOfFile: "/proc/self/maps", encoding: .utf8).contains("r-xp"))
    }
}
