package import Events

/// One attribute of an element; its value is escaped, and an `href` takes only a `SiteLink`, a checked `ExternalLink` or a fragment id.
package struct Attribute: Sendable {
    private enum Value: Sendable {
        case none
        case literal(StaticString)
        case text(String)
        case digits(Int)
        case link(LinkPattern, id: String)
    }

    private let name: StaticString
    private let value: Value

    package static func id(_ id: String) -> Self { Self(name: " id", value: .text(id)) }
    package static func title(_ title: String) -> Self { Self(name: " title", value: .text(title)) }
    package static func lang(_ language: StaticString) -> Self { Self(name: " lang", value: .literal(language)) }
    package static func role(_ role: StaticString) -> Self { Self(name: " role", value: .literal(role)) }
    package static func scope(_ scope: StaticString) -> Self { Self(name: " scope", value: .literal(scope)) }
    package static func start(_ number: Int) -> Self { Self(name: " start", value: .digits(number)) }
    static func colspan(_ count: Int) -> Self { Self(name: " colspan", value: .digits(count)) }
    package static func rel(_ relation: StaticString) -> Self { Self(name: " rel", value: .literal(relation)) }
    package static func label(_ text: String) -> Self { Self(name: " aria-label", value: .text(text)) }
    package static func labelledBy(_ id: String) -> Self { Self(name: " aria-labelledby", value: .text(id)) }
    static func describedBy(_ id: String) -> Self { Self(name: " aria-describedby", value: .text(id)) }
    package static func live(_ politeness: StaticString) -> Self {
        Self(name: " aria-live", value: .literal(politeness))
    }
    /// Marks the current item: `page` in a menu, `step` in a sequence.
    package static func current(_ what: StaticString) -> Self { Self(name: " aria-current", value: .literal(what)) }
    /// The event stream from which the script receives new counts.
    package static func live(from page: SiteLink) -> Self { Self(name: " data-live", value: .text(page.url)) }
    package static func href(_ page: SiteLink) -> Self { Self(name: " href", value: .text(page.url)) }
    package static func href(_ link: ExternalLink) -> Self { Self(name: " href", value: .text(link.url)) }
    package static func href(fragment id: String) -> Self { Self(name: " href", value: .text("#" + id)) }
    package static func href(_ pattern: LinkPattern, id: String) -> Self {
        Self(name: " href", value: .link(pattern, id: id))
    }
    package static func href(_ path: ReturnPath, fragment: String?) -> Self {
        Self(name: " href", value: .text(path.description + (fragment.map { "#" + $0 } ?? "")))
    }
    /// The full address of a page, for mails.
    package static func href(_ page: SiteLink, at base: BaseURL) -> Self {
        Self(name: " href", value: .text(base.url(of: page)))
    }
    /// An address that authenticator apps open.
    ///
    /// - Parameter rest: what follows `otpauth://`.
    package static func href(otpauth rest: String) -> Self { Self(name: " href", value: .text("otpauth://" + rest)) }
    /// The name by which the script finds a count.
    package static func count(_ name: StaticString) -> Self { Self(name: " data-count", value: .literal(name)) }
    /// For an element whose class does not come first.
    package static func className(_ name: StaticString) -> Self { Self(name: " class", value: .literal(name)) }

    package static let hidden = Self(name: " aria-hidden", value: .literal("true"))
    /// Keeps an element out of sight until the script shows it.
    package static let notShown = Self(name: " hidden", value: .none)
    /// Reached with the keyboard, so that its content can be scrolled.
    package static let focusable = Self(name: " tabindex", value: .literal("0"))
    /// Reached by the script and by links, not with the tab key.
    package static let target = Self(name: " tabindex", value: .literal("-1"))
    package static let open = Self(name: " open", value: .none)

    fileprivate func write(into html: inout HTMLWriter) {
        html.raw(name)
        switch value {
        case .none: return
        case .literal(let text):
            html.raw("=\"")
            html.raw(text)
        case .text(let text):
            html.raw("=\"")
            html.text(text)
        case .digits(let number):
            html.raw("=\"")
            html.digits(number)
        case .link(let pattern, let id):
            html.raw("=\"")
            html.text(pattern.before)
            html.text(id)
            html.text(pattern.after)
        }
        html.raw("\"")
    }
}

extension HTMLWriter {
    mutating func write(_ attribute: Attribute) { attribute.write(into: &self) }
}

/// A URL outside the site, checked to have the scheme `https`, `http` or `mailto`.
package struct ExternalLink: Hashable, Sendable {
    package let url: String

    /// Nil for any other scheme, for more than 2048 bytes, and for characters that are not allowed in a URL.
    package init?(_ text: String) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard ["https", "http", "mailto"].contains(scheme), text.utf8.count <= 2048,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"\"<>\\^`{|}".utf8.contains($0) })
        else { return nil }
        url = text
    }

    package init(mailTo address: String) {
        url = "mailto:" + percentEncoded(address, keeping: "@")
    }
}
