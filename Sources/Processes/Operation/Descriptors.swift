import Foundation
import Glibc

/// The file descriptors of this process; each connection takes one.
package enum Descriptors {
    /// More than a site needs, and bounded because some libraries iterate over all possible descriptors.
    private static let most: rlim_t = 65_536

    /// Raises the limit as far as the system allows, up to `most`.
    package static func raiseLimit() {
        guard var limits = limits, limits.rlim_cur < most else { return }
        limits.rlim_cur = min(limits.rlim_max, most)
        _ = setrlimit(resource, &limits)
    }

    /// The current limit on open descriptors.
    package static var limit: Int { limits.map { Int(clamping: $0.rlim_cur) } ?? 1024 }

    /// The highest value that the limit could be raised to.
    package static var ceiling: Int { limits.map { Int(clamping: $0.rlim_max) } ?? 1024 }

    /// The number of open descriptors.
    package static var used: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static var limits: rlimit? {
        var limits = rlimit()
        return getrlimit(resource, &limits) == 0 ? limits : nil
    }
}
