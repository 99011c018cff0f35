package import Events
import HTML

extension ReportRecord {
    /// A complete HTML page that loads nothing.
    package func html(_ title: String, at now: Instant) -> [UInt8] {
        var html = HTMLWriter(now: now)
        html.doctype()
        html.element(.html, .lang("sv")) { html in
            html.text("\n")
            html.element(.head) { html in
                html.charset()
                html.meta("viewport", "width=device-width, initial-scale=1")
                html.meta("robots", "noindex")
                html.meta("color-scheme", "light dark")
                html.text("\n")
                html.style(ReportRecord.rules)
                html.element(.title, text: title)
            }
            html.text("\n")
            html.element(.body) { html in html.element(.main) { write(title, into: &$0) } }
            html.text("\n")
        }
        html.text("\n")
        return html.bytes
    }

    private func write(_ title: String, into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Här står allt som finns om dig. Samma uppgifter finns i filen utdrag.json för den som vill läsa in dem i ett program. Tiderna är svensk tid."
        )
        for (key, value) in fields { key.writeSection(value, into: &html) }
    }

    private static let rules: StaticString =
        """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        dl.facts { border: 1px solid #8888; border-radius: .4rem; padding: .75rem 1rem; }
        dl.facts > div { display: grid; grid-template-columns: 14rem 1fr; gap: 1rem; }
        dt { font-weight: 600; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
        dd dl { white-space: normal; } .scroll { overflow-x: auto; }
        table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .75rem; border-bottom: 1px solid #8888; }
        caption { text-align: left; font-weight: 600; }
        @media (max-width: 40rem) { dl.facts > div { display: block; } }
        """

    fileprivate func write(into html: inout HTMLWriter) {
        html.facts { html in
            for (key, value) in fields where !value.isEmpty { html.fact(key.label) { value.write(into: &$0) } }
        }
    }

    /// Whether the record fits into one table row.
    fileprivate var isFlat: Bool { fields.allSatisfy { $0.value.isFlat } }
}

extension ReportKey {
    fileprivate func writeSection(_ value: ReportValue, into html: inout HTMLWriter) {
        switch value {
        case .missing, .text, .code, .number, .bool, .time:
            html.p { html in
                html.text(label + ": ")
                value.write(into: &html)
            }
        case .record(let record):
            html.h2(label, id: rawValue)
            record.write(into: &html)
        case .list(let records):
            html.h2("\(label) (\(records.count))", id: rawValue)
            if records.isEmpty { return html.p("Det finns inget här.") }
            writeList(records, into: &html)
        }
    }

    private func writeList(_ records: [ReportRecord], into html: inout HTMLWriter) {
        guard isTable, let columns = records.first?.fields.map(\.key), records.allSatisfy(\.isFlat) else {
            for record in records { record.write(into: &html) }
            return
        }
        html.table(label, columns.map { Column($0.label) }, rows: records) { record, index, html in
            record.fields[index].value.write(into: &html)
        }
    }
}

extension ReportValue {
    fileprivate var isEmpty: Bool {
        switch self {
        case .missing: true
        case .list(let records): records.isEmpty
        case .text, .code, .number, .bool, .time, .record: false
        }
    }

    fileprivate var isFlat: Bool {
        switch self {
        case .missing, .text, .code, .number, .bool, .time: true
        case .record, .list: false
        }
    }

    fileprivate func write(into html: inout HTMLWriter) {
        switch self {
        case .missing: break
        case .text(let text): html.text(text)
        case .code(_, let words): html.text(words)
        case .number(let number): html.digits(number)
        case .bool(let bool): html.text(bool ? "Ja" : "Nej")
        case .time(let time): html.exactTime(time)
        case .record(let record): record.write(into: &html)
        case .list(let records): for record in records { record.write(into: &html) }
        }
    }
}
