import CMalloc

/// How memory is kept by a process that serves for months on a small machine.
enum Allocator {
    /// Few threads work at once here, so few arenas are enough; each keeps what it once needed.
    ///
    /// What is small is kept by each thread for itself; bins beside that are gathered up at every larger allocation, which costs more than they save.
    static func useFewArenas() {
        _ = mallopt(M_ARENA_MAX, 2)
        _ = mallopt(M_MXFAST, 0)
    }

    /// Gives back what starting needed and serving does not.
    static func giveBack() { _ = malloc_trim(0) }
}
