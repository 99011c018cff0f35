import Events
import HTML
import Processes

/// One version of the policy or the terms, with its clauses and links to all other versions.
struct TextVersionPage: HTMLPage {
    let archive: TextArchive
    let version: TextVersion
    let article: Article

    var title: String {
        switch archive.standing(of: version) {
        case .inForce: archive.kind.title
        case .upcoming, .replaced: "\(archive.kind.title) av den \(SwedishDate.long(version.version))"
        }
    }

    var summary: String? { "\(archive.kind.title) som gäller från den \(SwedishDate.long(version.version))." }
    var address: SiteLink? { archive.kind.page() }
    var width: PageWidth { .narrow }
    var isIndexed: Bool {
        if case .inForce = archive.standing(of: version) { true } else { false }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        writeStanding(into: &html)
        writeAnnouncements(into: &html)
        html.contents(of: article)
        html.article(article)
        writeVersions(into: &html)
    }

    private func writeStanding(into html: inout HTMLWriter) {
        switch archive.standing(of: version) {
        case .inForce: html.p("Gäller sedan den \(SwedishDate.long(version.version)).", class: "meta")
        case .upcoming:
            html.notice(.warning) { html in
                html.p { html in
                    html.text("Den här versionen börjar gälla den \(SwedishDate.long(version.version)). ")
                    html.link("Läs den som gäller nu", to: archive.kind.page())
                    html.text(".")
                }
            }
        case .replaced(let day):
            html.notice(.warning) { html in
                html.p { html in
                    html.text(
                        "Den här versionen gällde från den \(SwedishDate.long(version.version)) till den \(SwedishDate.long(day)). "
                    )
                    html.link("Läs den som gäller nu", to: archive.kind.page())
                    html.text(".")
                }
            }
        }
    }

    /// Announces versions that take effect at a later date (P-00.1).
    private func writeAnnouncements(into html: inout HTMLWriter) {
        for coming in archive.upcoming where coming != version {
            html.notice { html in
                html.p { html in
                    html.text("En ny version börjar gälla den \(SwedishDate.long(coming.version)). ")
                    html.link("Läs den", to: archive.kind.page(coming.version))
                    html.text(" eller ")
                    html.link("se vad som ändras", to: archive.kind.changes(from: version.version, to: coming.version))
                    html.text(".")
                }
            }
        }
    }

    private func writeVersions(into html: inout HTMLWriter) {
        html.h2("Alla versioner", id: "versioner")
        html.element(.ul, class: "news-list") { html in
            for version in archive.versions.reversed() { html.li { write(version, into: &$0) } }
        }
        html.h2("Textens kontrollsumma")
        html.p(
            "SHA-256 av texten så som den publicerades, innan namn och adresser fylldes i. Den står också i loggen vid varje godkännande."
        )
        html.p(version.hash.description, class: "hash")
    }

    private func write(_ other: TextVersion, into html: inout HTMLWriter) {
        html.element(.h3, class: "title") { html in
            if other == version {
                html.element(.a, .href(archive.kind.page(other.version)), .current("page"), text: label(other))
            } else {
                html.link(label(other), to: archive.kind.page(other.version))
            }
            switch archive.standing(of: other) {
            case .inForce: tag("Gäller nu", class: "tag strong", into: &html)
            case .upcoming: tag("Kommande", class: "tag", into: &html)
            case .replaced: break
            }
        }
        html.p(class: "meta") { html in
            html.text(other.isMajor ? "Större version" : "Mindre ändring")
            guard let previous = archive.previous(of: other) else { return }
            html.text(" · ")
            html.link("Vad som ändrades", to: archive.kind.changes(from: previous.version, to: other.version))
        }
    }

    private func label(_ version: TextVersion) -> String { "Från den \(SwedishDate.long(version.version))" }

    private func tag(_ text: String, class name: StaticString, into html: inout HTMLWriter) {
        html.text(" ")
        html.span(text, class: name)
    }
}
