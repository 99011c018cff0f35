import CMalloc
import Foundation
import Glibc

/// malloc settings for a process that serves for months on a small machine.
package enum Allocator {
    /// Threads cache small blocks anyway, and consolidating fast bins at each larger allocation costs more than they save.
    package static func useNoFastBins() { _ = mallopt(M_MXFAST, 0) }

    /// Few threads run at once, so few arenas suffice. The trim threshold is fixed: by default it grows with long work, and tens of
    /// megabytes would stay free at the end of each arena, where `giveBack` does not reach them.
    package static func useFewSmallArenas() {
        _ = mallopt(M_ARENA_MAX, 2)
        _ = mallopt(M_TRIM_THRESHOLD, 512 << 10)
    }

    /// Returns memory to the system that start-up or long work needed and serving does not.
    package static func giveBack() { _ = malloc_trim(0) }

    /// Drops resident file-backed pages of the program and its libraries: start-up and long work need many, serving few.
    /// Pages needed again are reloaded from the file at the next access.
    static func giveBackProgram() {
        for pages in programPages(in: (try? mappings()) ?? "") {
            _ = madvise(UnsafeMutableRawPointer(bitPattern: pages.lowerBound), pages.count, MADV_DONTNEED)
        }
    }

    /// This process's mappings; not read with `String(contentsOfFile:)`, which reads only the first page of a file without a size.
    static func mappings() throws -> String {
        let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/maps"))
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// The unmodified file-backed mappings: code, and the read-only segment before it. The loader writes to the segments after the code.
    /// - Parameter mappings: the contents of `/proc/PID/maps` (proc(5)).
    static func programPages(in mappings: String) -> [Range<UInt>] {
        mappings.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 6, parts[5].hasPrefix("/"),
                parts[1] == "r-xp" || parts[1] == "r--p" && parts[2] == "00000000"
            else { return nil }
            let bounds = parts[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            return bounds.count == 2 && bounds[0] < bounds[1] ? bounds[0]..<bounds[1] : nil
        }
    }
}
