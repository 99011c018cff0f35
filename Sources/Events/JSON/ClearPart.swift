/// The part of an event that can be read without keys: ids, closed enumerations, dates, numbers, hashes of public texts.
///
/// Only a `ClearValue` can be written to it, and no free text conforms, so personal data cannot get in (the published text of a policy
/// has its own type).
package struct ClearPart: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(_ write: (inout ClearWriter) -> Void = { _ in }) {
        var writer = ClearWriter()
        write(&writer)
        bytes = writer.json.finished()
    }

    package init<Record: ClearRecord>(_ record: Record) {
        var fields = ClearFieldsWriter(record)
        _ = Record(&fields)
        bytes = fields.json.finished()
    }

    init(stored bytes: [UInt8]) { self.bytes = bytes }

    func read<Value>(_ read: (inout ClearReader) throws(MalformedEvent) -> Value) throws(MalformedEvent) -> Value {
        var reader = ClearReader(json: try JSONReader(bytes))
        let value = try read(&reader)
        try reader.json.finish()
        return value
    }

    func read<Record: ClearRecord>() throws(MalformedEvent) -> Record {
        var fields = ClearFieldsReader<Record>(json: try JSONReader(bytes))
        let record = try Record(&fields)
        try fields.json.finish()
        return record
    }
}

/// A field of a clear part: its key and the type of its value, declared once for writing and reading.
package struct ClearField<Value: ClearValue>: Sendable, ExpressibleByStringLiteral {
    let key: StaticString

    package init(stringLiteral key: StaticString) { self.key = key }
}

package struct ClearWriter {
    fileprivate var json = JSONWriter()

    package mutating func write<Value>(_ field: ClearField<Value>, _ value: Value) {
        value.write(field.key, to: &json)
    }
}

package struct ClearReader {
    fileprivate var json: JSONReader

    package mutating func read<Value>(_ field: ClearField<Value>) throws(MalformedEvent) -> Value {
        try Value(field.key, from: &json)
    }
}
