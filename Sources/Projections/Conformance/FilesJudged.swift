package import Events

/// The event that the files next to the log were judged, once a day: for the past, it is the only evidence of what they held.
package struct FilesJudged: Hashable, Sendable {
    /// The log's head when the files were read.
    package let head: Int
    package let held: [CheckCode]
    package let broken: [CheckCode]

    package static let stream = StreamName("verdicts")

    package init(head: Int, held: [CheckCode], broken: [CheckCode]) {
        self.head = head
        self.held = held
        self.broken = broken
    }

    /// The outcomes of the checks whose evidence is in files; what was not checked is in neither list.
    package init(_ conformance: Conformance) {
        let checks = InvariantName.allCases.filter { $0.evidence != .log }
        head = conformance.head
        held = checks.filter { if case .holds = conformance.outcome(of: $0) { true } else { false } }.map(\.code)
        broken = checks.filter { conformance.outcome(of: $0).violations != nil }.map(\.code)
    }

    static let type = ConformanceEventName.filesJudged.type

    package func encoded() -> NewEvent { NewEvent(FilesJudged.type, clear: ClearPart(self)) }

    /// Nil for any other event.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == FilesJudged.type else { return nil }
        self = try event.clear()
    }
}

extension FilesJudged: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        broken = try fields("broken", \.broken)
        head = try fields("head", \.head)
        held = try fields("held", \.held)
    }
}

/// The names of the events about conformance.
package enum ConformanceEventName: String, WireName {
    case filesJudged = "conformance.files-judged"

    package static let prefix = "conformance."
}

/// The name of a check, as some version of the program called it.
package struct CheckCode: ClosedCode, Hashable {
    package let rawValue: String

    /// Nil unless it is 1–60 lower-case ASCII letters and hyphens.
    package init?(rawValue: String) {
        guard (1...60).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.rawValue = rawValue
    }

    fileprivate init(_ check: InvariantName) { rawValue = check.rawValue }
}

extension InvariantName {
    package var code: CheckCode { CheckCode(self) }
}
