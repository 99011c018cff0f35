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

/// Renders a mail: its text, then why it was sent and by whom (P-03.1, P-15.1). The HTML loads nothing.
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

    private static let leave = "Vill du inte ha fler sådana mejl? Avsluta dem här"

    private static func end(of label: String) -> String { "Slut på \(label.lowercased())" }

    package func html(_ mail: MailText, leaving: SiteLink? = nil) -> String {
        var html = HTMLWriter(now: Instant(milliseconds: 0), capacity: 4096)
        html.doctype()
        html.element(.html, .lang("sv")) { html in
            html.element(.head) { html in
                html.charset()
                html.element(.title, text: mail.subject)
            }
            html.element(.body) { html in
                html.text("\n")
                write(mail, leaving: leaving, into: &html)
                html.text("\n")
            }
        }
        html.text("\n")
        return String(decoding: html.bytes, as: UTF8.self)
    }

    private func write(_ mail: MailText, leaving: SiteLink?, into html: inout HTMLWriter) {
        for part in mail.parts {
            switch part {
            case .text(let text): html.p(text)
            case .link(let label, let page): link(label, to: page, into: &html)
            case .article(let blocks): html.article(Article(title: "", blocks: blocks))
            case .advertisement(let label, let blocks):
                html.element(.hr) { _ in }
                html.p { $0.element(.strong, text: label) }
                html.article(Article(title: "", blocks: blocks))
                html.p { $0.element(.small, text: MailSheet.end(of: label)) }
                html.element(.hr) { _ in }
            }
            html.text("\n")
        }
        html.element(.hr) { _ in }
        html.p { $0.element(.small, text: mail.reason) }
        if let leaving { link(MailSheet.leave, to: leaving, into: &html) }
        html.p { html in
            html.element(.small) { html in
                for (index, line) in sender.enumerated() {
                    if index > 0 { html.lineBreak() }
                    html.text(line)
                }
            }
        }
    }

    /// Shows the address as text too, so that the reader can check where the link leads.
    private func link(_ label: String, to page: SiteLink, into html: inout HTMLWriter) {
        let address = baseURL.url(of: page)
        html.p { html in
            html.element(.a, .href(page, at: baseURL)) { $0.element(.strong, text: label) }
            html.lineBreak()
            html.element(.small, text: address)
        }
    }

    private var sender: [String] {
        [
            "\(siteName) drivs av \(controller.name)", controller.address,
            "Organisationsnummer \(controller.organisationNumber)", controller.email,
            baseURL.url(of: .privacyPolicy()),
        ]
    }
}
