import Events
import HTML
import Processes
import SiteMap

/// The frame of every page: the site's name, the menus for this reader, and the controller's contact details.
struct PageFrame: Sendable {
    let siteName: String
    let baseURL: BaseURL
    let controller: Controller
    let assets: Assets
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
        html.doctype()
        html.element(.html, .lang("sv")) { html in
            html.text("\n")
            writeHead(of: page, hasMistakes: content.hasMistakes, into: &html)
            html.text("\n")
            html.element(.body) { html in
                html.text("\n")
                writeHeader(at: page.menu, into: &html)
                let width: Attribute? = page.width == .narrow ? .className("narrow") : nil
                html.element(.main, .id("main"), width, .target) { html in
                    if let unsent, unsent.form.isPlaced {
                        html.notice(of: unsent, isWaiting: content.carriesUnsent, for: reader)
                    }
                    html.append(content)
                }
                html.text("\n")
                writeFooter(into: &html)
                if past == nil, page.isIndexed, case .visitor = reader, let data = page.linkedData(at: baseURL) {
                    html.linkedData(data)
                }
            }
            html.text("\n")
        }
        html.text("\n")
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
        html.element(.head) { html in
            html.charset()
            html.meta("viewport", "width=device-width, initial-scale=1")
            html.meta("color-scheme", "light dark")
            html.text("\n")
            html.element(.title, text: "\(hasMistakes ? "Fel: " : "")\(page.title) – \(siteName)")
            if let summary = page.summary { html.meta("description", summary) }
            if !page.isIndexed { html.meta("robots", "noindex") }
            html.stylesheet(assets.styleSheet)
            html.script(assets.script)
            html.icons(drawing: assets.icon, picture: .favicon, touch: .touchIcon)
            guard past == nil else { return }
            if let feed = page.feed { html.feed("\(feed.title) – \(siteName)", feed.page) }
            if case .visitor = reader { writeOutline(of: page, into: &html) }
        }
    }

    /// What search engines and previews of links read, from pages that they may list; no page tells it to members.
    private func writeOutline(of page: some HTMLPage, into html: inout HTMLWriter) {
        guard page.isIndexed, let address = page.address else { return }
        html.canonical(baseURL.url(of: address))
        html.property("og:type", "website")
        html.property("og:site_name", siteName)
        html.property("og:locale", "sv_SE")
        html.property("og:title", page.title)
        html.property("og:url", baseURL.url(of: address))
        if let summary = page.summary { html.property("og:description", summary) }
    }

    private func writeHeader(at current: MainMenu?, into html: inout HTMLWriter) {
        html.element(.a, class: "skip-link", .href(fragment: "main"), text: "Hoppa till innehållet")
        html.text("\n")
        html.element(.header, class: "site-header") { html in
            html.div(class: "bar") { html in
                html.link(siteName, to: .start, class: "site-name")
                html.element(.nav, class: "site-nav", .label("Huvudmeny")) { html in
                    html.list(MainMenu.allCases.filter(isShown)) { item, html in
                        html.element(
                            .a, .href(item.page), item == current ? .current("page") : nil, text: item.label)
                    }
                }
                html.div(class: "account") { $0.personal(.account) { writeAccount(into: &$0) } }
            }
            if let past { html.banner(of: past) }
        }
        html.text("\n")
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
        let places: [(String, SiteLink)] =
            past != nil
            ? [("Integritetspolicy", .privacyPolicy()), ("Medlemsvillkor", .memberTerms())] : PageFrame.places
        html.element(.footer, class: "site-footer") { html in
            html.div { html in
                html.element(.address) { html in
                    html.element(.strong, text: controller.name)
                    html.lineBreak()
                    html.text(controller.address)
                    html.lineBreak()
                    html.text("Organisationsnummer \(controller.organisationNumber)")
                    html.lineBreak()
                    html.link(controller.email, to: ExternalLink(mailTo: controller.email))
                }
                html.element(.nav, .label("Om webbplatsen")) { html in
                    html.list(places) { place, html in html.link(place.0, to: place.1) }
                }
            }
        }
        html.text("\n")
    }

    private static let places: [(String, SiteLink)] = [
        ("Om oss", .about), ("Kontakt", .contact), ("Integritetspolicy", .privacyPolicy()),
        ("Medlemsvillkor", .memberTerms()), ("Kakor", .cookies), ("Tillgänglighet", .accessibility),
        ("Anmäl innehåll", .report()),
    ]
}
