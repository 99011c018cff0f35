import Events
import HTML
import SiteMap

// Fields of which there are too many to show: how many, and where they are.
extension OwnData {
    func counted(_ label: String, _ kind: SubjectKind, _ anchor: String) -> [PersonalDatum] {
        let count = subjectCounts[kind] ?? 0
        return [
            PersonalDatum(
                label: label,
                value: .elsewhere(SwedishNumber.counted(count, "inloggning", "inloggningar"), anchor: anchor))
        ]
    }

    func written(_ label: String, _ kind: SubjectKind, _ one: String, _ many: String) -> PersonalDatum {
        PersonalDatum(
            label: label, value: .text(SwedishNumber.counted(subjectCounts[kind] ?? 0, one, many)),
            note: "Ändras och raderas där de står.", action: ("Visa profilen", .member(member)))
    }

    func requests(_ label: String) -> [PersonalDatum] {
        guard !corrections.isEmpty else { return [] }
        let count = SwedishNumber.counted(corrections.count, "begäran", "begäranden")
        return [PersonalDatum(label: label, value: .elsewhere(count, anchor: "rattelser"))]
    }
}
