import CMalloc

/// How memory is kept by a process that serves for months on a small machine.
enum Allocator {
    /// Few threads work at once here, so few arenas are enough; each keeps what it once needed.
    static func useFewArenas() { _ = mallopt(M_ARENA_MAX, 2) }

    /// Gives back what starting needed and serving does not.
    static func giveBack() { _ = malloc_trim(0) }
}
