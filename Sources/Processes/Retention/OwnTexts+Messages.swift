package import Accounts
import Events
import Messaging
package import Projections
import SiteMap

extension Application {
    /// The findings in a member's own private messages; reads each conversation once.
    package func findings(
        inMessages places: some Sequence<ConversationList.Place>, _ details: OwnDetails
    ) throws -> [OwnTexts.Finding] {
        try Dictionary(grouping: places, by: \.conversation).flatMap { conversation, places -> [OwnTexts.Finding] in
            let own = Dictionary(places.map { ($0.message, $0.number) }) { first, _ in first }
            return try messaging.messages(in: conversation).compactMap { message in
                guard let number = own[message.id] else { return nil }
                return finding(in: message, number, of: conversation, details)
            }
        }
    }

    private func finding(
        in message: ConversationMessage, _ number: Int, of conversation: ConversationID, _ details: OwnDetails
    ) -> OwnTexts.Finding? {
        guard let text = message.text.value?.text else { return nil }
        let found = details.found(in: text)
        guard !found.isEmpty else { return nil }
        let page = (number - 1) / PageSize.conversation + 1
        let excerpt = text.count > 140 ? text.prefix(140) + "…" : text
        return OwnTexts.Finding(
            subject: Subject(.message, message.id),
            page: .conversation(conversation, page: page, message: message.id), isTitle: false,
            excerpt: String(excerpt), time: message.sent, details: found)
    }
}

extension OwnTexts.Finding {
    /// The text of a link to the finding.
    package var label: String {
        if isTitle { return "Rubrik" }
        return subject.kind == .message ? "Meddelande" : "Inlägg"
    }
}
