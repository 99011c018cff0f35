import Events
import HTML
import Processes

/// The differences between two versions of the policy or the terms (P-01.2).
struct TextChangesPage: HTMLPage {
    let archive: TextArchive
    let old: TextVersion
    let new: TextVersion
    let comparison: TextComparison

    var title: String { "Skillnader i \(archive.kind.definite)" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(archive.kind.title, archive.kind.page())])
        html.h1(title)
        guard archive.versions.count > 1 else {
            return html.emptyState(
                "Det finns bara en version", "När en ny publiceras går det att se här vad som skiljer dem åt."
            ) {
                $0.buttonLink("Läs den", to: archive.kind.page())
            }
        }
        html.p(class: "lead") { html in
            html.text("Från versionen av den ")
            html.link(SwedishDate.long(old.version), to: archive.kind.page(old.version))
            html.text(" till den ")
            html.link(SwedishDate.long(new.version), to: archive.kind.page(new.version))
            html.text(".")
        }
        writeChoice(into: &html)
        guard !comparison.passages.isEmpty else { return html.notice("Texterna är lika.") }
        html.p(class: "meta") { html in
            html.element(.del, text: "Överstruket")
            html.text(" har tagits bort, ")
            html.element(.ins, text: "understruket")
            html.text(" har lagts till. Det som inte står här är oförändrat.")
        }
        html.div(class: "prose") { html in
            for passage in comparison.passages {
                html.h2(passage.heading)
                for paragraph in passage.paragraphs { html.p { write(paragraph, into: &$0) } }
            }
        }
    }

    private func writeChoice(into html: inout HTMLWriter) {
        let form = Form(["fran": old.version.description, "till": new.version.description])
        let options = archive.versions.map { (value: $0.version.description, label: SwedishDate.long($0.version)) }
        html.form(get: archive.kind.changes(), class: "filters", label: "Välj versioner") { html in
            html.select("fran", "Från versionen av den", in: form, options: options)
            html.select("till", "Till versionen av den", in: form, options: options)
            html.submit("Jämför")
        }
    }

    private func write(_ pieces: [TextComparison.Piece], into html: inout HTMLWriter) {
        for (index, piece) in pieces.enumerated() {
            if index > 0 { html.text(" ") }
            switch piece {
            case .kept(let words): html.text(words)
            case .removed(let words): spoken("borttaget", .del, words, into: &html)
            case .added(let words): spoken("tillagt", .ins, words, into: &html)
            }
        }
    }

    /// An insertion or deletion with a hidden word that names it, because screen readers do not announce `del` and `ins`.
    private func spoken(_ what: String, _ element: Element, _ words: String, into html: inout HTMLWriter) {
        html.element(element) { html in
            html.visuallyHidden("\(what): ")
            html.text(words)
        }
    }
}
