/// The kind of device and browser of a visit: all that is stored of the user agent.
package struct VisitDevice: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable { case computer, phone, tablet, robot, unknown }

    package enum Browser: String, CaseIterable, Sendable {
        case firefox, chrome, safari, edge, opera, other
        case samsungInternet = "samsung-internet"
    }

    package let kind: Kind
    package let browser: Browser

    package init(kind: Kind, browser: Browser) {
        self.kind = kind
        self.browser = browser
    }

    /// - Parameter userAgent: the header as sent; only its first 512 bytes are examined.
    package init(userAgent: String?) {
        let agent = Array((userAgent ?? "").utf8.prefix(512).map { (65...90).contains($0) ? $0 | 0x20 : $0 })
        func says(_ words: StaticString...) -> Bool { words.contains { agent.contains($0) } }
        let kind: Kind
        if says("bot/", "bot;", "bot)", "crawler", "spider", "+http", "curl/", "wget/", "python", "headless") {
            kind = .robot
        } else if says("ipad", "tablet;") || says("android") && !says("mobile") {
            kind = .tablet
        } else if says("mobile", "iphone", "ipod") {
            kind = .phone
        } else if says("windows", "macintosh", "cros", "linux", "x11") {
            kind = .computer
        } else {
            kind = .unknown
        }
        // Most browsers also claim to be Chrome or Safari, so those are tested last.
        let browser: Browser
        if says("edg/", "edge/", "edga/", "edgios/") {
            browser = .edge
        } else if says("opr/", "opt/") {
            browser = .opera
        } else if says("samsungbrowser/") {
            browser = .samsungInternet
        } else if says("firefox/", "fxios/") {
            browser = .firefox
        } else if says("chrome/", "crios/", "chromium/") {
            browser = .chrome
        } else if says("safari/") {
            browser = .safari
        } else {
            browser = .other
        }
        self.init(kind: kind, browser: browser)
    }
}

extension [UInt8] {
    fileprivate func contains(_ word: StaticString) -> Bool {
        let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard let first = word.first, count >= word.count else { return false }
        return (0...(count - word.count)).contains { start in
            self[start] == first && self[start..<(start + word.count)].elementsEqual(word)
        }
    }
}
