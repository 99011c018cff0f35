package import Events
import HTML
import SiteMap

/// The mail as HTML that looks like the site: the message first, then a small footer. It loads nothing; programs that drop its style show
/// plain paragraphs.
extension MailSheet {
    package func html(_ mail: MailText, leaving: SiteLink? = nil) -> String {
        var html = HTMLWriter(now: Instant(milliseconds: 0), capacity: 8192)
        html.doctype()
        html.element(.html, .lang("sv")) { html in
            html.element(.head) { html in
                html.charset()
                html.meta("viewport", "width=device-width, initial-scale=1")
                html.meta("color-scheme", "light dark")
                html.meta("supported-color-schemes", "light dark")
                html.element(.title, text: mail.subject)
                html.style(MailSheet.style)
            }
            html.element(.body) { html in
                html.text("\n")
                html.div(class: "mail") { html in
                    write(mail, into: &html)
                    writeFooter(of: mail, leaving: leaving, into: &html)
                }
                html.text("\n")
            }
        }
        html.text("\n")
        return String(decoding: html.bytes, as: UTF8.self)
    }

    /// The colours of the site in both schemes; a program that knows only one of them changes them by itself.
    private static let style: StaticString = """
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        body { margin: 0; padding: 0; background-color: #fafbfa; color: #17211d; font: 17px/1.6 -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
        .mail { max-width: 600px; margin: 0 auto; padding: 24px 16px; }
        p { margin: 0 0 16px; }
        a { color: #0c6049; }
        small { font-size: 14px; color: #505e57; }
        .button { display: inline-block; margin-bottom: 4px; padding: 10px 24px; border: 2px solid #0c6049; border-radius: 4px; background-color: #0c6049; color: #fafbfa; text-decoration: none; }
        .advertisement { margin: 0 0 16px; padding: 12px 16px; border: 1px solid #d5ddd8; }
        .footer { margin-top: 32px; padding-top: 16px; border-top: 1px solid #d5ddd8; font-size: 14px; line-height: 1.4; }
        pre { white-space: pre-wrap; }
        @media (prefers-color-scheme: dark) {
          body { background-color: #131917; color: #e2e9e5; }
          a { color: #7acdb1; }
          small { color: #a3b0aa; }
          .button { border-color: #7acdb1; background-color: #7acdb1; color: #131917; }
          .advertisement, .footer { border-color: #303b37; }
        }
        """

    private func write(_ mail: MailText, into html: inout HTMLWriter) {
        var hasButton = false
        for part in mail.parts {
            switch part {
            case .text(let text): html.p(text)
            case .link(let label, let page):
                link(label, to: page, isButton: !hasButton, into: &html)
                hasButton = true
            case .article(let blocks): html.article(Article(title: "", blocks: blocks))
            case .advertisement(let label, let blocks):
                html.div(class: "advertisement") { html in
                    html.p { $0.element(.strong, text: label) }
                    html.article(Article(title: "", blocks: blocks))
                    html.element(.small, text: MailSheet.end(of: label))
                }
            }
            html.text("\n")
        }
    }

    private func writeFooter(of mail: MailText, leaving: SiteLink?, into html: inout HTMLWriter) {
        html.div(class: "footer") { html in
            html.p { $0.element(.small, text: mail.reason) }
            if let leaving {
                html.p { html in
                    html.element(.small) { $0.element(.a, .href(leaving, at: baseURL), text: MailSheet.leave) }
                }
            }
            html.p { html in
                html.element(.small) { html in
                    for (index, line) in sender.enumerated() {
                        if index > 0 { html.lineBreak() }
                        html.text(line)
                    }
                }
            }
        }
    }

    /// Shows the address as text too, so that the reader can check where the link leads. The first link is what the mail is about.
    private func link(_ label: String, to page: SiteLink, isButton: Bool, into html: inout HTMLWriter) {
        html.p { html in
            html.element(.a, class: isButton ? "button" : nil, .href(page, at: baseURL)) { html in
                html.element(.strong, text: label)
            }
            html.lineBreak()
            html.element(.small, text: baseURL.url(of: page))
        }
    }
}
