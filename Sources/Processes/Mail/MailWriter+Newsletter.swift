import Accounts
package import Events
package import Messaging
import SiteMap

/// An issue of the newsletter as a mail (P-09.2).
extension MailWriter {
    /// Nil if the issue was stopped or discarded, or the recipient is no longer a member.
    func newsletter(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active, let id = try messaging.issue(at: entry.position)
        else { return nil }
        let facts: IssueFacts
        let isOnTrial: Bool
        switch try messaging.issue(id) {
        case .sending(let sending, _): (facts, isOnTrial) = (sending, false)
        case .draft(let draft), .scheduled(let draft, _): (facts, isOnTrial) = (draft, true)
        case .none, .sent, .discarded, .withdrawn: return nil
        }
        guard isOnTrial == (entry.mail == .newsletterTest), let text = facts.text.value,
            let rules = try accounts.policies().inForce(at: now)?.rules
        else { return nil }
        return try mail(entry, to: account, now) {
            try .newsletter(
                text, id, label: rules.advertising.label, isOnTrial: isOnTrial, at: sheet.baseURL,
                siteName: sheet.siteName)
        }
    }
}

extension MailText {
    package static func newsletter(
        _ text: IssueText, _ id: IssueID, label: String, isOnTrial: Bool, at base: BaseURL, siteName: String
    ) throws -> MailText {
        let parts = try IssueBody(text.body).parts.map { part -> Part in
            switch part {
            case .text(let blocks): .article(blocks.reachable(at: base))
            case .advertisement(let blocks): .advertisement(label: label, blocks.reachable(at: base))
            }
        }
        return MailText(
            subject: isOnTrial ? "Prov: \(text.subject)" : text.subject,
            parts: parts + (isOnTrial ? [] : [.link("Läs nyhetsbrevet på webbplatsen", to: .newsletterIssue(id))]),
            reason: "Du får nyhetsbrevet från \(siteName) för att du har tackat ja till det.")
    }
}
