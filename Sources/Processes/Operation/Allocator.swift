import CMalloc
import Foundation
import Glibc

/// How memory is kept by a process that serves for months on a small machine.
package enum Allocator {
    /// What is small is kept by each thread for itself; bins beside that are gathered up at every larger allocation, which costs more than they save.
    package static func useNoFastBins() { _ = mallopt(M_MXFAST, 0) }

    /// Few threads work at once here, so few arenas are enough. None keeps much at its end that is free: by itself the allocator learns from long
    /// work to keep tens of megabytes there, and `giveBack` does not reach them.
    package static func useFewSmallArenas() {
        _ = mallopt(M_ARENA_MAX, 2)
        _ = mallopt(M_TRIM_THRESHOLD, 512 << 10)
    }

    /// Gives back what was needed once, by starting or by long work, and serving does not need.
    package static func giveBack() { _ = malloc_trim(0) }

    /// Lets go of the program's own pages and its libraries', of which starting and long work need many and serving few. Those that are
    /// needed again are there at the next touch, from the file.
    static func giveBackProgram() {
        for pages in programPages(in: (try? mappings()) ?? "") {
            _ = madvise(UnsafeMutableRawPointer(bitPattern: pages.lowerBound), pages.count, MADV_DONTNEED)
        }
    }

    /// What this process has mapped. Of a file without a size, as this one is, `String(contentsOfFile:)` reads the first page only.
    static func mappings() throws -> String {
        let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/maps"))
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// Where a process has mapped what is as it stands in a file: code, and what can only be read before it. What comes after it the loader has written.
    /// - Parameter mappings: as `/proc/PID/maps` lists them (proc(5)).
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
