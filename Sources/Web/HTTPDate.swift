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

    /// Nil unless the text has the form above, which every client sends since 1999.
    package static func instant(_ text: String) -> Instant? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: words[2]) else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false).compactMap { Int32($0) }
        guard time.count == 3, let day = Int32(words[1]), let year = Int32(words[3]), (1970...9999).contains(year)
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, Int32(month), day)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (time[0], time[1], time[2])
        let instant = Instant(milliseconds: Int64(timegm(&parts)) * 1000)
        // A day or an hour that does not exist would have been counted on.
        return self.text(of: instant) == text ? instant : nil
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// For any time; `text(at:)` is for the present one.
    package static func text(of moment: Instant) -> String { written(Int(moment.milliseconds / 1000)) }

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
