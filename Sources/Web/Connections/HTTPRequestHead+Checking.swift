import Events
package import NIOHTTP1

extension HTTPRequestHead {
    /// The validated request in the form that the site expects: the target in origin form, and the authority in `Host` (RFC 9112, 3.2).
    ///
    /// - Throws: the reason for refusing the request; requests that the decoder rejects never get here.
    package func checked() throws(RequestRefusal) -> HTTPRequestHead {
        guard method != .CONNECT else { throw .connect }
        guard uri.utf8.count <= RequestBounds.target else { throw .targetTooLong }
        let hosts = headers["host"]
        // Only HTTP/1.0 allows a request without `Host`.
        guard hosts.count == 1 || hosts.isEmpty && isOld, hosts.allSatisfy(HostField.isValid) else { throw .malformed }
        try checkFraming()
        guard isOld || headers["expect"].allSatisfy({ $0.lowercased() == "100-continue" }) else { throw .expectation }
        return try withOriginForm()
    }

    var isOld: Bool { version.major == 1 && version.minor == 0 }

    var isChunked: Bool { headers.contains(name: "transfer-encoding") }

    var hasBody: Bool { isChunked || headers.first(name: "content-length").map { $0 != "0" } ?? false }

    var waitsForContinue: Bool { !isOld && hasBody && headers.contains(name: "expect") }

    private func checkFraming() throws(RequestRefusal) {
        let codings = headers["transfer-encoding"]
        let lengths = headers["content-length"]
        guard codings.isEmpty || !isOld && lengths.isEmpty && codings.map({ $0.lowercased() }) == ["chunked"] else {
            throw .malformed
        }
        guard let length = lengths.first else { return }
        guard lengths.count == 1, !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .malformed
        }
        guard let bytes = Int(length), bytes <= RequestBounds.body else { throw .tooLarge }
    }

    private func withOriginForm() throws(RequestRefusal) -> HTTPRequestHead {
        guard !uri.utf8.contains(UInt8(ascii: "#")) else { throw .malformed }
        if uri.utf8.first == UInt8(ascii: "/") || uri == "*" && method == .OPTIONS { return self }
        let start = uri.lowercased()
        guard let scheme = ["http://", "https://"].first(where: start.hasPrefix) else { throw .malformed }
        let rest = uri.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard HostField.isValid(String(host)) else { throw .malformed }
        var head = self
        let path = rest.dropFirst(host.count)
        head.uri = path.hasPrefix("/") ? String(path) : "/" + path
        // The host of an absolute target overrides the `Host` field.
        head.headers.replaceOrAdd(name: "host", value: String(host))
        return head
    }
}

/// The syntax of `Host`: a name or an address, which must not be empty, and an optional port.
enum HostField {
    private static let signs = Set("-._~".utf8)

    static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= 255 else { return false }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let address = ClientAddress(text[text.index(after: text.startIndex)..<end])
            return address != nil && text[..<end].contains(":") && isPort(text[text.index(after: end)...])
        }
        let name = text.prefix { $0 != ":" }
        return !name.isEmpty && name.utf8.allSatisfy(isInName) && isPort(text.dropFirst(name.count))
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        let digits = text.dropFirst()
        guard text.hasPrefix(":"), digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return digits.isEmpty || Int(digits).map { $0 <= 65_535 } ?? false
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: signs.contains(byte)
        }
    }
}
