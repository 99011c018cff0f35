import Events
import HTML
import Projections
import SiteMap

/// The names of members on a page of the audit trail; the id of a former or not yet admitted member is hidden, because it would distinguish
/// former members from each other for ever.
struct MemberNames: Sendable {
    private let usernames: [MemberID: String]

    init(of actors: [Actor], streams: [String], in views: ViewsSnapshot) throws {
        let acting = actors.compactMap { if case .member(let id) = $0 { id } else { nil } }
        let named = streams.compactMap(MemberNames.member)
        usernames = try views.members.usernames(of: acting + named)
    }

    /// The members whose ids occur anywhere in a text.
    init(inText text: String, in views: ViewsSnapshot) throws {
        let ids = text.split { !$0.isLetter && !$0.isNumber }.compactMap { MemberID(String($0)) }
        usernames = try views.members.usernames(of: ids)
    }

    func write(_ actor: Actor, into html: inout HTMLWriter) {
        switch actor {
        case .member(let id):
            guard let name = usernames[id] else { return html.text("Tidigare medlem") }
            html.link(name, to: .member(id))
        case .visitor: html.text("Besökare")
        case .operator: html.text("Driften")
        case .system: html.text("Webbplatsen")
        }
    }

    func shown(stream: String) -> String {
        guard let member = MemberNames.member(stream), usernames[member] == nil else { return stream }
        return stream.dropLast(member.description.count) + MemberNames.hidden
    }

    /// The text with each id that follows `member` in the log's JSON hidden, unless it belongs to a current member.
    func shown(clear text: String) -> String {
        let before = /(?:"member":"|member:)([0-9a-z]{13})/
        return text.replacing(before) { match in
            guard let id = MemberID(String(match.1)), usernames[id] == nil else { return String(match.0) }
            return String(match.0.dropLast(13)) + MemberNames.hidden
        }
    }

    private static let hidden = "–"

    private static let kinds: Set = [
        "member", "viewed-member", "held-member", "security", "notices", "block-list", "mailbox",
    ]

    /// Whose stream it is: the member's own, or one that bears the same id.
    static func member(_ stream: String) -> MemberID? {
        let parts = stream.split(separator: ":")
        guard parts.count == 2, kinds.contains(String(parts[0])) else { return nil }
        return MemberID(String(parts[1]))
    }
}
