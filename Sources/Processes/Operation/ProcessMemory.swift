import CMalloc
import Glibc

/// Keys and plain text are in memory while the program runs: no copy of it is left behind by a crash, and no other
/// process of the same user reads it.
package enum ProcessMemory {
    package static func protect() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // Collectors that the kernel pipes a dump to do not heed the limit; they heed this.
        _ = cmalloc_forbid_dumps()
    }
}
