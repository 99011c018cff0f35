/// A personal value with the subject under whose key it is sealed, and the owner with whom it is erased.
package struct Sealed<Value: Hashable & Sendable>: Hashable, Sendable {
    package let subject: Subject
    package let owner: Owner
    package let value: Personal<Value>

    package init(_ value: Personal<Value>, under subject: Subject, of owner: Owner) {
        self.subject = subject
        self.owner = owner
        self.value = value
    }

    package init(_ value: Value, _ kind: SubjectKind, of member: MemberID, createdBy command: CommandID) {
        self.init(.known(value), under: Subject(kind, createdBy: command), of: Owner(member))
    }
}

extension Sealed where Value: SealedRecord {
    package var part: SealedPart { SealedPart(subject, of: owner, value) }
}

/// Every field of a sealed part as text, whatever its record.
package struct SealedTexts: SealedRecord {
    package let texts: [PersonalField: String]

    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        var texts: [PersonalField: String] = [:]
        for field in PersonalField.allCases { texts[field] = try fields(field) { $0.texts[field] } }
        self.texts = texts
    }
}

extension RecordedEvent {
    /// Reads the whole sealed part; `erased` when its key is destroyed.
    /// - Throws: `MalformedEvent`, `SealedWithoutKeys`.
    package func personal<Record: SealedRecord>(_ type: Record.Type = Record.self) throws -> Personal<Record> {
        switch content {
        case .open(let bytes):
            var fields = SealedFieldsReader<Record>(json: try JSONReader(bytes))
            let value = try Record(&fields)
            try fields.json.finish()
            return .known(value)
        case .erased: return .erased
        case .locked: throw SealedWithoutKeys(position: position)
        case .none: throw MalformedEvent(reason: "no sealed part")
        }
    }

    /// The sealed part with its subject and owner.
    package func sealed<Record: SealedRecord>(_ type: Record.Type = Record.self) throws -> Sealed<Record> {
        guard let subject, let owner else { throw UnreadableEvent(self) }
        return Sealed(try personal(), under: subject, of: owner)
    }

    /// The sealed part of an event that may have none.
    package func sealedIfAny<Record: SealedRecord>(_ type: Record.Type = Record.self) throws -> Sealed<Record>? {
        subject == nil ? nil : try sealed()
    }

    /// The sealed part of an event that has no clear field.
    package func onlySealed<Record: SealedRecord>(_ type: Record.Type = Record.self) throws -> Sealed<Record> {
        try nothingClear()
        return try sealed()
    }
}
