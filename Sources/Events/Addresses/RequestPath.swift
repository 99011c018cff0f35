/// The accepted form of request paths. Any other path is rejected before routing.
package enum RequestPath {
    package static let maximumLength = 2048

    /// One spelling for each address: no empty, `.` or `..` segments, no encoded slash or backslash, no control or non-ASCII bytes.
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

    /// The path without its trailing slash; nil when it has none, or is not well-formed without it.
    package static func withoutTrailingSlash(_ path: String) -> String? {
        guard path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") else { return nil }
        let shorter = String(path.dropLast())
        return isWellFormed(shorter) ? shorter : nil
    }
}
