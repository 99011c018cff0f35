import Foundation
import Glibc

/// The file descriptors of this process: each connection takes one.
package enum Descriptors {
    /// More than a site needs; some libraries walk through all that may be open.
    private static let most: rlim_t = 65_536

    /// Raises the limit as far as the system allows, up to `most`.
    package static func raiseLimit() {
        guard var limits = limits, limits.rlim_cur < most else { return }
        limits.rlim_cur = min(limits.rlim_max, most)
        _ = setrlimit(resource, &limits)
    }

    /// How many may be open.
    package static var limit: Int { limits.map { Int(clamping: $0.rlim_cur) } ?? 1024 }

    /// How far the limit could be raised.
    package static var ceiling: Int { limits.map { Int(clamping: $0.rlim_max) } ?? 1024 }

    /// How many are open.
    package static var used: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static var limits: rlimit? {
        var limits = rlimit()
        return getrlimit(resource, &limits) == 0 ? limits : nil
    }
}
