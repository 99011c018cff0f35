package import Events
import HTML
import SiteMap

/// A mail's content, rendered both as plain text and as HTML.
package struct MailText: Sendable {
    package enum Part: Hashable, Sendable {
        case text(String)
        case link(String, to: SiteLink)
        /// An article of the site, with its links made absolute.
        case article([Article.Block])
        /// A paid advertisement, shown under its label (P-09.2).
        case advertisement(label: String, [Article.Block])
    }

    package let subject: String
    package let parts: [Part]
    /// Why the recipient gets the mail.
    package let reason: String
}

/// Renders a mail: its text, then why it was sent and by whom (P-03.1, P-15.1).
package struct MailSheet: Sendable {
    package let siteName: String
    package let controller: Controller
    package let baseURL: BaseURL

    package init(siteName: String, controller: Controller, baseURL: BaseURL) {
        self.siteName = siteName
        self.controller = controller
        self.baseURL = baseURL
    }

    /// - Parameter leaving: where the recipient unsubscribes; nil for mails that cannot be switched off.
    package func plain(_ mail: MailText, leaving: SiteLink? = nil) -> String {
        let end = leaving.map { ["\(MailSheet.leave):\n\(baseURL.url(of: $0))"] } ?? []
        return
            ([MailSheet.words(of: mail, at: baseURL)] + ["--\n\(mail.reason)"] + end + [sender.joined(separator: "\n")])
            .joined(separator: "\n\n") + "\n"
    }

    /// The mail's text, without the reason and the sender.
    package static func words(of mail: MailText, at base: BaseURL) -> String {
        mail.parts.map { part in
            switch part {
            case .text(let text): text
            case .link(let label, let page): "\(label):\n\(base.url(of: page))"
            case .article(let blocks): ArticlePlainText.text(of: blocks)
            case .advertisement(let label, let blocks):
                "--- \(label) ---\n\n\(ArticlePlainText.text(of: blocks))\n\n--- \(end(of: label)) ---"
            }
        }.joined(separator: "\n\n")
    }

    static let leave = "Vill du inte ha fler sådana mejl? Avsluta dem här"

    static func end(of label: String) -> String { "Slut på \(label.lowercased())" }

    var sender: [String] {
        [
            "\(siteName) drivs av \(controller.name)", controller.address,
            "Organisationsnummer \(controller.organisationNumber)", controller.email,
            baseURL.url(of: .privacyPolicy()),
        ]
    }
}
