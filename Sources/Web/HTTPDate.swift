package import Events
import Foundation
import Synchronization

/// The value of the `Date` field, formatted once per second and cached.
package enum HTTPDate {
    private static let last = Mutex<(second: Int, text: String)>((0, ""))

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    package static func text(at moment: Instant) -> String {
        let second = Int(moment.milliseconds / 1000)
        return last.withLock { last in
            if last.second != second || last.text.isEmpty { last = (second, written(second)) }
            return last.text
        }
    }

    private static func written(_ second: Int) -> String {
        var second = time_t(second)
        var parts = tm()
        gmtime_r(&second, &parts)
        var bytes = [CChar](repeating: 0, count: 40)
        // The program never sets a locale, so the names are English.
        let count = strftime(&bytes, bytes.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
