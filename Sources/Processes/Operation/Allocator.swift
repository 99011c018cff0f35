import CMalloc
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
}
