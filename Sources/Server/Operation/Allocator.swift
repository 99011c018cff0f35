import CMalloc
import Glibc

/// How memory is kept by a process that serves for months on a small machine.
enum Allocator {
    /// What is small is kept by each thread for itself; bins beside that are gathered up at every larger allocation, which costs more than they save.
    static func useNoFastBins() { _ = mallopt(M_MXFAST, 0) }

    /// Few threads work at once here, so few arenas are enough. None keeps much at its end that is free: by itself the allocator learns from long
    /// work to keep tens of megabytes there, and `giveBack` does not reach them.
    static func useFewSmallArenas() {
        _ = mallopt(M_ARENA_MAX, 2)
        _ = mallopt(M_TRIM_THRESHOLD, 512 << 10)
    }

    /// Gives back what was needed once, by starting or by long work, and serving does not need.
    static func giveBack() { _ = malloc_trim(0) }

    /// Lets go of the program's own pages and its libraries', of which starting and long work need many and serving few. Those that are
    /// needed again are there at the next touch, from the file.
    static func giveBackProgram() {
        _ = dl_iterate_phdr(
            { object, _, _ in
                guard let object = object?.pointee, let segments = object.dlpi_phdr else { return 0 }
                let pageSize = UInt(getpagesize())
                for segment in UnsafeBufferPointer(start: segments, count: Int(object.dlpi_phnum)) {
                    // Where the loader may write, pages are no longer as in the file.
                    guard segment.p_type == PT_LOAD, segment.p_flags & UInt32(PF_W) == 0 else { continue }
                    let start = (UInt(object.dlpi_addr) + UInt(segment.p_vaddr)) & ~(pageSize - 1)
                    let end = UInt(object.dlpi_addr) + UInt(segment.p_vaddr) + UInt(segment.p_memsz)
                    _ = madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED)
                }
                return 0
            }, nil)
    }
}
