import Events
import HTML
import Processes
import SiteMap

/// The frame of every page: the site's name, the menus for this reader, and the controller's contact details.
struct PageFrame: Sendable {
    let siteName: String
    let controller: Controller
    let styleSheet: SiteLink
    let script: SiteLink
    var reader: Reader = .visitor
    var now: Instant
    var formToken = ""
    /// The past moment that is shown; nil for the present.
    var past: Instant?
    /// A form that waits to be shown again, filled in.
    var unsent: WaitingForm?

    /// The finished document, whether it holds a form that this reader may send, and the parts of it that differ per reader.
    func document(_ page: some HTMLPage) -> (bytes: [UInt8], hasForm: Bool, personal: [PersonalPiece]) {
        let content = content(of: page)
        var html = HTMLWriter(now: now, formToken: formToken)
        writeHead(of: page, hasMistakes: content.hasMistakes, into: &html)
        writeHeader(at: page.menu, into: &html)
        switch page.width {
        case .normal: html.raw("<main id=\"main\" tabindex=\"-1\">")
        case .narrow: html.raw("<main id=\"main\" class=\"narrow\" tabindex=\"-1\">")
        }
        if let unsent, unsent.form.isPlaced { html.notice(of: unsent, isWaiting: content.carriesUnsent, for: reader) }
        html.append(content)
        html.raw("</main>\n")
        writeFooter(into: &html)
        html.raw("</body>\n</html>\n")
        return (html.bytes, html.hasForm, html.personal)
    }

    private func content(of page: some HTMLPage) -> HTMLWriter {
        var content = HTMLWriter(now: now, formToken: formToken, unsent: unsent?.form)
        write(page, into: &content)
        guard let unsent = unsent?.form else { return content }
        guard let number = content.forms.firstIndex(where: { $0.takes(unsent) }) else {
            if content.carriesUnsent { unsent.notePlaced() }
            return content
        }
        var filled = HTMLWriter(now: now, formToken: formToken, unsent: unsent, filling: number)
        write(page, into: &filled)
        unsent.notePlaced()
        return filled
    }

    private func write(_ page: some HTMLPage, into content: inout HTMLWriter) {
        if let tab = page.staffTab, let roles = reader.member?.roles {
            content.subnav("Administration", StaffTab.shown(to: roles), current: tab)
        }
        page.write(into: &content)
    }

    private func writeHead(of page: some HTMLPage, hasMistakes: Bool, into html: inout HTMLWriter) {
        html.raw(
            """
            <!doctype html>
            <html lang="sv">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
            <meta name="color-scheme" content="light dark">
            <title>
            """)
        if hasMistakes { html.raw("Fel: ") }
        html.text(page.title)
        html.raw(" – ")
        html.text(siteName)
        html.raw("</title>")
        if let summary = page.summary {
            html.raw("<meta name=\"description\" content=\"")
            html.text(summary)
            html.raw("\">")
        }
        if !page.isIndexed { html.raw("<meta name=\"robots\" content=\"noindex\">") }
        html.raw("<link rel=\"stylesheet\" href=\"")
        html.text(styleSheet.url)
        html.raw("\"><script src=\"")
        html.text(script.url)
        html.raw("\" defer></script></head>\n")
    }

    private func writeHeader(at current: MainMenu?, into html: inout HTMLWriter) {
        html.raw(
            """
            <body>
            <a class="skip-link" href="#main">Hoppa till innehållet</a>
            <header class="site-header"><div class="bar">
            """)
        html.link(siteName, to: .start, class: "site-name")
        html.raw("<nav class=\"site-nav\" aria-label=\"Huvudmeny\"><ul>")
        for item in MainMenu.allCases where isShown(item) {
            html.raw("<li><a href=\"")
            html.text(item.page.url)
            html.raw(item == current ? "\" aria-current=\"page\">" : "\">")
            html.raw(item.label)
            html.raw("</a></li>")
        }
        html.raw("</ul></nav>")
        html.div(class: "account") { $0.personal(.account) { writeAccount(into: &$0) } }
        html.raw("</div>")
        if let past { html.banner(of: past) }
        html.raw("</header>\n")
    }

    /// A member at a gate gets no links past it (P-01.3).
    private func isShown(_ item: MainMenu) -> Bool {
        guard past == nil || item.isShownOfThePast else { return false }
        return switch reader {
        case .visitor: !item.isForMembersOnly
        case .member(let member), .readOnlyViewer(let member): !member.isAtGate
        }
    }

    func writeAccount(into html: inout HTMLWriter) {
        switch reader {
        case .visitor:
            html.link("Logga in", to: .signIn())
            guard past == nil else { return }
            html.link("Bli medlem", to: .register, class: "button compact")
        case .member(let member), .readOnlyViewer(let member): writeMenu(of: member, into: &html)
        }
    }

    private func writeFooter(into html: inout HTMLWriter) {
        html.raw("<footer class=\"site-footer\"><div><address><strong>")
        html.text(controller.name)
        html.raw("</strong><br>")
        html.text(controller.address)
        html.raw("<br>Organisationsnummer ")
        html.text(controller.organisationNumber)
        html.raw("<br>")
        html.link(controller.email, to: ExternalLink(mailTo: controller.email))
        html.raw("</address><nav aria-label=\"Om webbplatsen\"><ul>")
        let places: [(String, SiteLink)] =
            past != nil
            ? [("Integritetspolicy", .privacyPolicy()), ("Medlemsvillkor", .memberTerms())] : PageFrame.places
        for (label, page) in places { html.li { $0.link(label, to: page) } }
        html.raw("</ul></nav></div></footer>\n")
    }

    private static let places: [(String, SiteLink)] = [
        ("Om oss", .about), ("Kontakt", .contact), ("Integritetspolicy", .privacyPolicy()),
        ("Medlemsvillkor", .memberTerms()), ("Kakor", .cookies), ("Tillgänglighet", .accessibility),
        ("Anmäl innehåll", .report()),
    ]
}
