/// The part of an event that is encrypted under its subject's key. Written through `PersonalField` only.
package struct SealedPart: Hashable, Sendable {
    package let subject: Subject
    package let owner: Owner
    let plaintext: [UInt8]

    /// An erased value is written without fields.
    package init<Record: SealedRecord>(_ subject: Subject, of owner: Owner, _ value: Personal<Record>) {
        self.subject = subject
        self.owner = owner
        switch value {
        case .known(let record):
            var fields = SealedFieldsWriter(record)
            _ = Record(&fields)
            plaintext = fields.json.finished()
        case .erased: plaintext = JSONWriter().finished()
        }
    }
}

extension SealedPart: CustomStringConvertible {
    package var description: String { "sealed part of \(subject)" }
}

/// A value whose fields are the sealed part of an event.
///
/// The initialiser names every field once, with its getter: the same code reads records and writes them.
package protocol SealedRecord: Hashable, Sendable {
    init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self
}

/// Reads or writes the fields of a record. Reading fails with `MalformedEvent`, writing never does.
package protocol SealedFields<Record> {
    associatedtype Record
    associatedtype Failure: Error

    /// - Parameter value: gets the field from the record to be written; not called when reading.
    mutating func callAsFunction<Value: SealedValue>(
        _ field: PersonalField, _ value: (Record) -> Value
    ) throws(Failure) -> Value
}

struct SealedFieldsWriter<Record>: SealedFields {
    private let record: Record
    var json = JSONWriter()

    init(_ record: Record) { self.record = record }

    mutating func callAsFunction<Value: SealedValue>(_ field: PersonalField, _ value: (Record) -> Value) -> Value {
        let value = value(record)
        value.write(field, to: &json)
        return value
    }
}

struct SealedFieldsReader<Record>: SealedFields {
    var json: JSONReader

    mutating func callAsFunction<Value: SealedValue>(
        _ field: PersonalField, _ value: (Record) -> Value
    ) throws(MalformedEvent) -> Value {
        try Value(field, from: &json)
    }
}

/// A value that may be sealed as a personal field. Nil optionals are left out.
package protocol SealedValue: Sendable {
    init(_ field: PersonalField, from json: inout JSONReader) throws(MalformedEvent)
    func write(_ field: PersonalField, to json: inout JSONWriter)
}

/// A value that is sealed as one text.
package protocol SealedElement: SealedValue {
    /// Nil when the text is no recorded form of a value.
    init?(recorded text: String)
    var recorded: String { get }
}

extension SealedElement {
    package init(_ field: PersonalField, from json: inout JSONReader) throws(MalformedEvent) {
        guard json.accept(key: field.rawValue) else { throw json.failure("expected the field \(field.rawValue)") }
        guard let value = Self(recorded: try json.string()) else { throw json.failure("unreadable \(field.rawValue)") }
        self = value
    }

    package func write(_ field: PersonalField, to json: inout JSONWriter) {
        json.key(field.rawValue)
        json.string(recorded)
    }
}

extension Optional: SealedValue where Wrapped: SealedElement {
    package init(_ field: PersonalField, from json: inout JSONReader) throws(MalformedEvent) {
        guard json.accept(key: field.rawValue) else {
            self = nil
            return
        }
        guard let value = Wrapped(recorded: try json.string()) else {
            throw json.failure("unreadable \(field.rawValue)")
        }
        self = value
    }

    package func write(_ field: PersonalField, to json: inout JSONWriter) { self?.write(field, to: &json) }
}

extension SealedElement where Self: RawRepresentable, RawValue == String {
    package init?(recorded text: String) { self.init(rawValue: text) }
    package var recorded: String { rawValue }
}

extension String: SealedElement {
    package init(recorded text: String) { self = text }
    package var recorded: String { self }
}

/// A value that is an event's whole sealed part, in one field.
package protocol SealedText: SealedElement, SealedRecord {
    static var field: PersonalField { get }
}

extension SealedText {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        self = try fields(Self.field) { $0 }
    }
}
