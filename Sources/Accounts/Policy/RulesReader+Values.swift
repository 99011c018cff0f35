import Events
import Yams

extension RulesReader {
    mutating func integer(_ key: String) throws(DocumentProblem) -> Int {
        let least = source == .draft ? 0 : Int.min
        return try value(key, { Int($0).flatMap { $0 >= least ? $0 : nil } }, expected: .wholeNumber)
    }

    mutating func optionalInteger(_ key: String) throws(DocumentProblem) -> Int? {
        has(key) ? try integer(key) : nil
    }

    mutating func bool(_ key: String) throws(DocumentProblem) -> Bool {
        try value(key, { ["true": true, "false": false][$0] }, expected: .truth)
    }

    mutating func period(_ key: String) throws(DocumentProblem) -> Period {
        try value(key, Period.init, expected: .period)
    }

    /// A period that a draft must state.
    /// - Parameter earlier: applies in versions that were published before the key came.
    mutating func period(_ key: String, before earlier: Period) throws(DocumentProblem) -> Period {
        try promisedPeriod(key) ?? earlier
    }

    /// A period that a draft must state; nil in versions that were published before the key came.
    mutating func promisedPeriod(_ key: String) throws(DocumentProblem) -> Period? {
        has(key) || source == .draft ? try period(key) : nil
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
        try codes(of: try node(key), key, type)
    }

    func codes<Code: CaseIterable & RawRepresentable<String>>(
        of node: Node, _ key: String, _ type: Code.Type = Code.self
    ) throws(DocumentProblem) -> [Code] {
        switch source {
        case .draft: try values(of: node, key, Code.init(rawValue:), expected: RulesReader.oneOf(type))
        // A retired code is left out.
        case .log: try values(of: node, key, { $0 }, expected: .text).compactMap(Code.init)
        }
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
