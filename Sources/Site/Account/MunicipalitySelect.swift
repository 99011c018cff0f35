import Accounts
import Events
import Foundation
import HTML

extension HTMLWriter {
    /// All municipalities to choose from, by county.
    mutating func municipalitySelect(_ field: FieldName, _ label: String, in form: Form, hint: String) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: false) { html in
            html.raw("<select class=\"short\"")
            html.nameAndState(of: field, in: form, hint: hint)
            html.raw("><option value=\"\">Välj kommun</option>")
            for county in County.all { html.group(county, chosen: form.typed(field)) }
            html.raw("</select>")
        }
    }

    private mutating func group(_ county: County, chosen: String) {
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
