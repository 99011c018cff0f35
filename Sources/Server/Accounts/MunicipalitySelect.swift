import Accounts
import Foundation

extension HTMLWriter {
    /// All municipalities to choose from, by county.
    mutating func municipalitySelect(_ field: FieldName, _ label: String, in form: Form, hint: String) {
        let isWrong = form.message(for: field) != nil
        raw(isWrong ? "<div class=\"field invalid\"><label for=\"" : "<div class=\"field\"><label for=\"")
        text(form.id(of: field))
        raw("\">")
        text(label)
        raw("</label>")
        hintAndMistake(of: field, in: form, hint: hint)
        raw("<select class=\"short\" id=\"")
        text(form.id(of: field))
        raw("\" name=\"")
        text(field.rawValue)
        raw("\"")
        describe(field, in: form, hint: hint)
        raw(isWrong ? " aria-invalid=\"true\">" : ">")
        raw("<option value=\"\">Välj kommun</option>")
        let chosen = form.typed(field)
        for county in County.all {
            raw("<optgroup label=\"")
            text(county.name)
            raw("\">")
            for municipality in county.municipalities {
                raw("<option value=\"")
                text(municipality.code)
                raw(municipality.code == chosen ? "\" selected>" : "\">")
                text(municipality.name)
                raw("</option>")
            }
            raw("</optgroup>")
        }
        raw("</select></div>")
    }
}

/// A county with its municipalities, both in Swedish order.
private struct County: Sendable {
    let name: String
    let municipalities: [Municipality]

    static let all: [County] = Dictionary(grouping: Municipality.all, by: \.county)
        .map { name, municipalities in
            County(name: fullName(name), municipalities: municipalities.sorted { precedes($0.name, $1.name) })
        }
        .sorted { precedes($0.name, $1.name) }

    private static let swedish = Locale(identifier: "sv_SE")

    private static func precedes(_ a: String, _ b: String) -> Bool {
        a.compare(b, options: [], range: nil, locale: swedish) == .orderedAscending
    }

    /// `Stockholms län`, but `Skåne län`.
    private static func fullName(_ county: String) -> String {
        let takesNoS = county != "Dalarna" && county.last.map { "aeor".contains($0) } == true
        return takesNoS ? "\(county) län" : "\(county)s län"
    }
}
