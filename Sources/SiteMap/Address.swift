package import Events

/// One address of the site, declared once: its pattern, its audience and its rules.
///
/// The router, the checks of every request, the links (`SiteLink`) and the tests that visit every address use these declarations:
/// no other place spells a path.
package struct Address: Hashable, Sendable {
    /// Who may open it.
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

    /// Whether a member may open it before she has accepted the texts and set up two-factor sign-in.
    package enum Gate: Hashable, Sendable {
        /// Only after the texts are accepted and two-factor sign-in is set up.
        case closed
        /// Also before two-factor sign-in is set up: the pages where an administrator does that.
        case openBeforeTwoFactor
        /// Always (P-01.3): reading and answering the texts, exporting data, closing the account, and the pages that visitors need.
        case open
    }

    /// How the read-only site of an earlier time answers it.
    package enum Past: Hashable, Sendable {
        /// As on the present site: signing in and out, and the assets of pages.
        case asUsual
        /// Shown as it was at that time: from the views and the texts published by then, and from nothing that only the present log holds.
        case shown
        /// Available on the present site only.
        case elsewhere
    }

    /// The path, with its parameters in braces: `/trad/{id}/{slug}`.
    package let pattern: String
    package let audience: Audience
    package let gate: Gate
    /// Never compressed: the page shows confidential data next to text that others wrote, and its length could reveal the data (BREACH).
    package let isConfidential: Bool
    /// Whether its `{id}` names a thread or a post, which the visit log may record.
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

    /// Whether the address itself is a secret: such pages are never cached, indexed or sent as a referrer.
    package var carriesToken: Bool { pattern.hasSuffix("{token}") }

    /// The names of its parameters, in order.
    package var parameters: [Substring] {
        pattern.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
    }

    /// The link with `values` for its parameters, in order, percent-encoded.
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
