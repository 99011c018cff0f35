import Accounts
import Events
import Foundation
import HTML

extension HTMLWriter {
    /// All municipalities to choose from, by county.
    /// - Parameter optional: whether the first line, the prompt, is a choice too.
    mutating func municipalitySelect(
        _ field: FieldName, _ label: String, in form: Form, prompt: String, hint: String, optional: Bool = false
    ) {
        let groups = County.all.map { county in
            (label: county.name, options: county.municipalities.map { (value: $0.code, label: $0.name) })
        }
        select(field, label, in: form, groups: groups, prompt: prompt, hint: hint, optional: optional)
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
