/// A value whose fields are in the clear part of an event.
///
/// The initialiser names every field once, with its key and its getter: the same code reads records and writes them.
package protocol ClearRecord: Sendable {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self
}

/// Reads or writes the fields of a record. Reading fails with `MalformedEvent`, writing never does.
package protocol ClearFields<Record> {
    associatedtype Record
    associatedtype Failure: Error

    /// - Parameter value: gets the field from the record to be written; not called when reading.
    mutating func callAsFunction<Value: ClearValue>(
        _ key: StaticString, _ value: (Record) -> Value
    ) throws(Failure) -> Value

    /// Reads or writes the fields of another record, which are in the same object.
    mutating func part<Part: ClearRecord>(_ part: (Record) -> Part) throws(Failure) -> Part
}

struct ClearFieldsWriter<Record>: ClearFields {
    private let record: Record
    var json: JSONWriter

    init(_ record: Record, json: JSONWriter = JSONWriter()) {
        self.record = record
        self.json = json
    }

    mutating func callAsFunction<Value: ClearValue>(_ key: StaticString, _ value: (Record) -> Value) -> Value {
        let value = value(record)
        value.write(key, to: &json)
        return value
    }

    mutating func part<Part: ClearRecord>(_ part: (Record) -> Part) -> Part {
        var fields = ClearFieldsWriter<Part>(part(record), json: .lent)
        swap(&fields.json, &json)
        defer { swap(&fields.json, &json) }
        return Part(&fields)
    }
}

struct ClearFieldsReader<Record>: ClearFields {
    var json: JSONReader

    mutating func callAsFunction<Value: ClearValue>(
        _ key: StaticString, _ value: (Record) -> Value
    ) throws(MalformedEvent) -> Value {
        try Value(key, from: &json)
    }

    mutating func part<Part: ClearRecord>(_ part: (Record) -> Part) throws(MalformedEvent) -> Part {
        var fields = ClearFieldsReader<Part>(json: json)
        let part = try Part(&fields)
        json = fields.json
        return part
    }
}

/// In a list, a record is an object.
extension ClearElement where Self: ClearRecord {
    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        self = try json.object { (object) throws(MalformedEvent) in
            var fields = ClearFieldsReader<Self>(json: object)
            let record = try Self(&fields)
            object = fields.json
            return record
        }
    }

    package func writeElement(to json: inout JSONWriter) {
        json.object { json in
            var fields = ClearFieldsWriter(self, json: .lent)
            swap(&fields.json, &json)
            _ = Self(&fields)
            swap(&fields.json, &json)
        }
    }
}
