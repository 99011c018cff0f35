import CMalloc
import Glibc

/// Protects the keys and plain text in memory: a crash leaves no core dump, and no other process of the same user can read the memory.
package enum ProcessMemory {
    package static func protect() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // Programs that receive dumps from the kernel through a pipe ignore the limit, but this flag stops them.
        _ = cmalloc_forbid_dumps()
    }
}
