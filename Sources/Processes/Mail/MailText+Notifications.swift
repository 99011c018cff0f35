package import Events
import HTML
package import Messaging
import SiteMap

/// The texts of the mails about news on the site; they contain no name and nothing that a user wrote (P-15.2).
extension MailText {
    /// - Parameter place: the page where the news is read.
    package static func notification(_ mail: NotificationMail, at place: SiteLink, siteName: String) -> MailText {
        MailText(
            subject: mail.subject(siteName),
            parts: [
                .text("Hej!"), .text(mail.sentence(siteName)), .link(mail.label, to: place),
                .text("Du måste vara inloggad för att läsa det. Vad som står där skickar vi aldrig med mejl."),
                .link("Välj vilka mejl du vill ha", to: .mailPreferences),
            ],
            reason: mail.reason)
    }

    /// To moderators and administrators; which texts, and who wrote or reported them, is shown on the site only.
    package static func reportsWaiting(_ count: Int, siteName: String) -> MailText {
        let things = SwedishNumber.spelled(count, "en anmäld text väntar", "anmälda texter väntar").firstUpper
        return MailText(
            subject: "\(things) på beslut hos \(siteName)",
            parts: [
                .text("Hej!"),
                .text("\(things) på beslut. Den som har anmält eller begärt omprövning ska få svar i tid."),
                .link("Till anmälningarna", to: .moderationQueue()),
                .text("Kommer det fler får du inget nytt mejl de närmaste timmarna."),
            ], reason: "Du får mejlet för att du beslutar om det som anmäls. Sådana mejl går inte att välja bort.")
    }

    /// - Parameter counts: the number of new items of each kind.
    package static func digest(_ counts: [NotificationMail: Int], siteName: String) -> MailText {
        let lines = NotificationMail.allCases.compactMap { mail in counts[mail].map { mail.counted($0) } }
        return MailText(
            subject: "Nytt för dig hos \(siteName)",
            parts: [
                .text("Hej!"), .text("Sedan förra mejlet har du \(lines.swedishList) som du inte har läst."),
                .link(
                    "Läs på webbplatsen",
                    to: counts.keys.contains { $0 != .message } ? .notifications : .conversations()),
                .link("Välj vilka mejl du vill ha", to: .mailPreferences),
            ],
            reason: "Du får mejlet en gång om dagen, som du har valt i Sajtinställningar.")
    }
}

extension NotificationMail {
    fileprivate func subject(_ siteName: String) -> String {
        switch self {
        case .message: "Du har fått ett meddelande hos \(siteName)"
        case .reply: "Svar i din tråd hos \(siteName)"
        case .mention: "Någon har nämnt dig hos \(siteName)"
        case .quote: "Någon har citerat dig hos \(siteName)"
        case .watched: "Nytt i något du bevakar hos \(siteName)"
        case .reports: "Något är anmält hos \(siteName)"
        }
    }

    fileprivate func sentence(_ siteName: String) -> String {
        switch self {
        case .message:
            "En medlem hos \(siteName) har skrivit ett privat meddelande till dig. Du får inget nytt mejl om det samtalet förrän du har läst det."
        case .reply: "Någon har svarat i en tråd som du har startat hos \(siteName)."
        case .mention: "Någon har nämnt dig i ett inlägg hos \(siteName)."
        case .quote: "Någon har citerat dig i ett inlägg hos \(siteName)."
        case .watched: "Det har hänt något i en tråd eller kategori som du bevakar hos \(siteName)."
        case .reports: "Något är anmält hos \(siteName)."
        }
    }

    fileprivate var label: String {
        switch self {
        case .message: "Läs meddelandet"
        case .reply, .mention, .quote, .watched: "Läs inlägget"
        case .reports: "Till anmälningarna"
        }
    }

    fileprivate var reason: String {
        switch self {
        case .message:
            "Du får mejlet för att någon har skrivit till dig. Du kan välja bort sådana mejl i Sajtinställningar."
        case .reply: "Du får mejlet för att du har valt mejl om svar i dina trådar."
        case .mention: "Du får mejlet för att du har valt mejl när någon nämner dig."
        case .quote: "Du får mejlet för att du har valt mejl när någon citerar dig."
        case .watched: "Du får mejlet för att du har valt mejl om det du bevakar."
        case .reports: "Du får mejlet för att du beslutar om det som anmäls."
        }
    }

    fileprivate func counted(_ count: Int) -> String {
        switch self {
        case .message: SwedishNumber.spelled(count, "ett meddelande", "meddelanden")
        case .reply: SwedishNumber.spelled(count, "ett svar i dina trådar", "svar i dina trådar")
        case .mention: SwedishNumber.spelled(count, "ett inlägg där du nämns", "inlägg där du nämns")
        case .quote: SwedishNumber.spelled(count, "ett inlägg där du citeras", "inlägg där du citeras")
        case .watched: SwedishNumber.spelled(count, "en nyhet i det du bevakar", "nyheter i det du bevakar")
        case .reports: SwedishNumber.spelled(count, "en anmälan", "anmälningar")
        }
    }
}
