import Events

extension RulesReader {
    mutating func integer(_ key: String) throws(DocumentProblem) -> Int {
        try value(key, { Int($0).flatMap { $0 >= 0 ? $0 : nil } }, expected: .wholeNumber)
    }

    mutating func bool(_ key: String) throws(DocumentProblem) -> Bool {
        try value(key, { ["true": true, "false": false][$0] }, expected: .truth)
    }

    mutating func period(_ key: String) throws(DocumentProblem) -> Period {
        try value(key, Period.init, expected: .period)
    }

    mutating func optionalPeriod(_ key: String) throws(DocumentProblem) -> Period? {
        has(key) ? try period(key) : nil
    }

    mutating func periods(_ key: String) throws(DocumentProblem) -> [Period] {
        try values(key, Period.init, expected: .periods)
    }

    mutating func date(_ key: String) throws(DocumentProblem) -> CalendarDate {
        try value(key, CalendarDate.init, expected: .date)
    }

    mutating func text(_ key: String) throws(DocumentProblem) -> String {
        try value(key, { $0.isEmpty ? nil : $0 }, expected: .text)
    }

    mutating func code<Code: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ type: Code.Type = Code.self
    ) throws(DocumentProblem) -> Code {
        try value(key, Code.init(rawValue:), expected: RulesReader.oneOf(type))
    }

    mutating func codes<Code: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ type: Code.Type = Code.self
    ) throws(DocumentProblem) -> [Code] {
        try values(key, Code.init(rawValue:), expected: RulesReader.oneOf(type))
    }

    static func oneOf<Code: CaseIterable & RawRepresentable<String>>(_ type: Code.Type) -> DocumentProblem.Expected {
        .oneOf(type.allCases.map(\.rawValue))
    }

    /// Words that are interpreted by the modules that use them.
    mutating func words(_ key: String) throws(DocumentProblem) -> [String] {
        let isWord = { (text: String) in !text.isEmpty && text.allSatisfy { $0.isLetter || $0 == "-" } }
        return try values(key, { isWord($0) ? $0 : nil }, expected: .words)
    }
}
