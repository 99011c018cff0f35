package import Events

/// One of Sweden's municipalities. Which one a member lives in is personal data (P-11.1).
package struct Municipality: Hashable, Sendable, Redacted {
    /// The four digits of Statistics Sweden; the first two are the county's.
    package let code: String
    package let name: String
    package let county: String

    package init?(code: String) {
        guard let known = Municipality.byCode[code] else { return nil }
        self = known
    }

    private init(code: String, name: String, county: String) {
        self.code = code
        self.name = name
        self.county = county
    }

    /// All municipalities, by code.
    package static let all: [Municipality] = "\(Embedded.municipalitiesCsv)".split(separator: "\n").dropFirst()
        .compactMap { line in
            let fields = line.split(separator: ",").map(String.init)
            return fields.count == 3 ? Municipality(code: fields[0], name: fields[1], county: fields[2]) : nil
        }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
}

extension Municipality: SealedText {
    package static let field = PersonalField.municipality
    package init?(recorded text: String) { self.init(code: text) }
    package var recorded: String { code }
}
