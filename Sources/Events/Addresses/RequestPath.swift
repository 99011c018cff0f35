/// What a path may look like here. Everything else leads nowhere, before any route sees it.
package enum RequestPath {
    package static let maximumLength = 2048

    /// One spelling for one place: no empty, `.` or `..` segments, nothing encoded that means something to a path, no control or foreign bytes.
    package static func isWellFormed(_ path: String) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.count <= maximumLength else { return false }
        if path.utf8.count == 1 { return true }
        return path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .allSatisfy(isWellFormed(segment:))
    }

    private static func isWellFormed(segment: Substring.UTF8View) -> Bool {
        guard !segment.isEmpty, segment.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return false
        }
        guard segment.contains(UInt8(ascii: "%")) || segment.first == UInt8(ascii: ".") else { return true }
        guard let decoded = percentDecoded(segment, plusIsSpace: false) else { return false }
        return decoded != "." && decoded != ".."
            && !decoded.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0x2F || $0 == 0x5C }
    }

    /// `/forum/` is `/forum` with a slip of the pen.
    package static func withoutTrailingSlash(_ path: String) -> String? {
        guard path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") else { return nil }
        let shorter = String(path.dropLast())
        return isWellFormed(shorter) ? shorter : nil
    }
}
