package import Events

/// One address of the site, declared once: its pattern, who may come, and what holds for it.
///
/// The router, the checks of every request and the tests that walk all addresses follow these declarations. Links are made from them too
/// (`SiteLink`), so that no other place spells a path.
package struct Address: Hashable, Sendable {
    /// For whom it is made.
    package enum Audience: Hashable, Sendable {
        case everyone, members
        /// Moderators and administrators.
        case moderators
        /// Auditors and administrators.
        case auditors
        case administrators

        package var isStaff: Bool {
            switch self {
            case .everyone, .members: false
            case .moderators, .auditors, .administrators: true
            }
        }
    }

    /// What a member may still open who has something to do first.
    package enum Gate: Hashable, Sendable {
        /// Opens when the texts are accepted and two-factor sign-in is set up.
        case closed
        /// Where an administrator sets up two-factor sign-in.
        case openBeforeTwoFactor
        /// Open before the texts are accepted (P-01.3): reading them, answering, taking one's data along and leaving, and what visitors need.
        case open
    }

    /// What becomes of it on the site as it was at an earlier time.
    package enum Past: Hashable, Sendable {
        /// The same as on the site itself: coming in, going out, and what pages are drawn with.
        case asUsual
        /// Shown as it was: made of the views and of the texts published by then, and of nothing that only the present log knows.
        case shown
        /// Only on the site itself.
        case elsewhere
    }

    /// The path, with its parameters in braces: `/trad/{id}/{slug}`.
    package let pattern: String
    package let audience: Audience
    package let gate: Gate
    /// Never compressed: the page shows what is confidential next to what somebody else wrote, and its length could tell of it (BREACH).
    package let isConfidential: Bool
    /// Its `{id}` names a thread or a post, which the visit log may note.
    package let namesPublicText: Bool
    package let past: Past

    package init(
        _ pattern: String, for audience: Audience = .everyone, gate: Gate = .closed, isConfidential: Bool = false,
        namesPublicText: Bool = false, past: Past = .elsewhere
    ) {
        self.pattern = pattern
        self.audience = audience
        self.gate = gate
        self.isConfidential = isConfidential || pattern.hasSuffix("{token}")
        self.namesPublicText = namesPublicText
        self.past = past
    }

    package static func == (one: Address, other: Address) -> Bool { one.pattern == other.pattern }

    package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }

    /// Whether the address itself is a secret: such pages are never cached, indexed or named in a referrer.
    package var carriesToken: Bool { pattern.hasSuffix("{token}") }

    /// The names in braces, in order.
    package var parameters: [Substring] {
        pattern.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
    }

    /// The link with these values for the parameters, in order.
    package func link(_ values: any CustomStringConvertible...) -> SiteLink {
        guard !values.isEmpty else { return SiteLink(path: pattern) }
        var path: [UInt8] = []
        var next = values.makeIterator()
        var isParameter = false
        for byte in pattern.utf8 {
            switch byte {
            case UInt8(ascii: "{"):
                isParameter = true
                appendPercentEncoded(next.next()?.description ?? "", to: &path)
            case UInt8(ascii: "}"): isParameter = false
            default: if !isParameter { path.append(byte) }
            }
        }
        return SiteLink(path: String(decoding: path, as: UTF8.self))
    }
}
