import CMalloc

/// How memory is kept by a process that serves for months on a small machine.
enum Allocator {
    /// What is small is kept by each thread for itself; bins beside that are gathered up at every larger allocation, which costs more than they save.
    static func useNoFastBins() { _ = mallopt(M_MXFAST, 0) }

    /// Few threads work at once here, so few arenas are enough; each keeps what it once needed.
    static func useFewArenas() { _ = mallopt(M_ARENA_MAX, 2) }

    /// Gives back what was needed once, by starting or by long work, and serving does not need.
    static func giveBack() { _ = malloc_trim(0) }
}
