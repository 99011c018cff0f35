package import Accounts
package import Events
import HTML
import Messaging
import Projections
import SiteMap

/// The mails to every member about a major version (P-01.3).
extension SiteMail {
    /// The mail that the publication of a major version asks for; nil after other events and minor versions.
    static func toEveryMember(after event: PolicyEvent) -> SiteMail? {
        switch event {
        case .policyPublished(let document): document.change == .major ? .policyChanged : nil
        case .termsPublished(let document): document.change == .major ? .termsChanged : nil
        case .policyInForce, .termsInForce: nil
        }
    }
}

extension Outbox.Entry {
    /// One entry per member in the views; members who join later read the announcement at sign-up, or are asked at the gate.
    static func toEveryMember(after event: RecordedEvent, _ views: Views) throws -> [Outbox.Entry] {
        guard event.stream == PolicyDocument.stream || event.stream == TermsDocument.stream,
            let known = try PolicyEvent.decode(event), let mail = SiteMail.toEveryMember(after: known)
        else { return [] }
        return try views.members.all().map {
            Outbox.Entry(position: event.position, mail: mail, member: $0)
        }
    }
}

extension MailWriter {
    /// Nil if the recipient is no longer a member.
    func versionPublished(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active,
            let draft = try accounts.publication(at: entry.position)
        else { return nil }
        let previous: CalendarDate? =
            switch draft {
            case .policy: try accounts.policies().versions.last { $0.version < draft.version }?.version
            case .terms: try accounts.terms().versions.last { $0.version < draft.version }?.version
            }
        return mail(entry, to: account, now) {
            .versionPublished(draft, after: previous, at: now, siteName: sheet.siteName)
        }
    }
}

extension MailText {
    package static func versionPublished(
        _ version: VersionDraft, after previous: CalendarDate?, at now: Instant, siteName: String
    ) -> MailText {
        let kind: TextKind = version.kind == .policy ? .policy : .terms
        let day = SwedishDate.long(version.version)
        let isInForce = version.version.startInStockholm <= now
        let subject: String
        switch (kind, isInForce) {
        case (.policy, false): subject = "Integritetspolicyn ändras den \(day)"
        case (.policy, true): subject = "Integritetspolicyn har ändrats"
        case (.terms, false): subject = "Medlemsvillkoren ändras den \(day)"
        case (.terms, true): subject = "Medlemsvillkoren har ändrats"
        }
        return MailText(
            subject: subject,
            parts: [
                .text("Hej!"),
                .text(
                    "Från den \(day) gäller en ny version av \(kind.definite) hos \(siteName). Det är en större ändring, och därför skriver vi till alla medlemmar."
                ),
                .link("Se vad som ändras", to: kind.changes(from: previous, to: version.version)),
                .link("Läs hela texten", to: kind.page(version.version)),
                .text(
                    isInForce
                        ? "Nästa gång du är inne på webbplatsen frågar vi om du godkänner den."
                        : "Den första gången du är inne på webbplatsen efter det frågar vi om du godkänner den."),
                .text(
                    "Vill du inte det kan du fortfarande läsa texterna, ladda ner allt vi har om dig och avsluta kontot. Inget av det har någon brådska."
                ),
            ],
            reason:
                "Du får mejlet för att du är medlem hos \(siteName). Mejl om större ändringar går inte att välja bort.")
    }
}
