import Events

/// What a mail says, written once for plain text and for HTML.
struct MailText: Sendable {
    enum Part: Hashable, Sendable {
        case text(String)
        case link(String, to: Page)
    }

    let subject: String
    let parts: [Part]
    /// Why the reader gets it.
    let reason: String
}

/// Sets a mail's text: the words, then why it came and from whom (P-03.1, P-15.1). Nothing in it is loaded from anywhere.
struct MailSheet: Sendable {
    let siteName: String
    let controller: Controller
    let baseURL: BaseURL

    func plain(_ mail: MailText) -> String {
        let parts = mail.parts.map { part in
            switch part {
            case .text(let text): text
            case .link(let label, let page): "\(label):\n\(baseURL.url(of: page))"
            }
        }
        return (parts + ["--\n\(mail.reason)", sender.joined(separator: "\n")]).joined(separator: "\n\n") + "\n"
    }

    func html(_ mail: MailText) -> String {
        var html = HTMLWriter(now: Instant(milliseconds: 0), capacity: 4096)
        html.raw("<!doctype html>\n<html lang=\"sv\"><head><meta charset=\"utf-8\"><title>")
        html.text(mail.subject)
        html.raw("</title></head><body>\n")
        for part in mail.parts {
            switch part {
            case .text(let text): html.p(text)
            case .link(let label, let page): link(label, to: page, into: &html)
            }
            html.raw("\n")
        }
        html.element(.hr) { _ in }
        html.p { $0.element(.small, text: mail.reason) }
        html.p { html in
            html.element(.small) { html in
                for (index, line) in sender.enumerated() {
                    if index > 0 { html.raw("<br>") }
                    html.text(line)
                }
            }
        }
        html.raw("\n</body></html>\n")
        return String(decoding: html.bytes, as: UTF8.self)
    }

    /// The address stands in sight: whoever distrusts a button can read where it leads.
    private func link(_ label: String, to page: Page, into html: inout HTMLWriter) {
        let address = baseURL.url(of: page)
        html.p { html in
            html.raw("<a href=\"")
            html.text(address)
            html.raw("\"><strong>")
            html.text(label)
            html.raw("</strong></a><br>")
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
