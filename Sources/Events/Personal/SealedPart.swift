/// The part of an event that is encrypted under its subject's key. Written through `PersonalField` only.
package struct SealedPart: Hashable, Sendable {
    package let subject: Subject
    package let owner: Owner
    let plaintext: [UInt8]

    /// Fields must come in ascending order of their wire names, the same in which `SealedReader` asks for them.
    package init(_ subject: Subject, of owner: Owner, _ write: (inout SealedWriter) -> Void) {
        self.subject = subject
        self.owner = owner
        var writer = SealedWriter()
        write(&writer)
        plaintext = writer.json.finished()
    }
}

extension SealedPart: CustomStringConvertible {
    package var description: String { "sealed part of \(subject)" }
}

package struct SealedWriter {
    var json = JSONWriter()

    package mutating func text(_ field: PersonalField, _ text: String?) {
        guard let text else { return }
        json.key(field.rawValue)
        json.string(text)
    }
}

package struct SealedReader {
    var json: JSONReader

    init(_ bytes: [UInt8]) throws(MalformedEvent) { json = try JSONReader(bytes) }

    package mutating func text(_ field: PersonalField) throws(MalformedEvent) -> String {
        guard let text = try optionalText(field) else { throw json.failure("expected the field \(field.rawValue)") }
        return text
    }

    package mutating func optionalText(_ field: PersonalField) throws(MalformedEvent) -> String? {
        json.accept(key: field.rawValue) ? try json.string() : nil
    }

    /// A field whose text must parse as a value of its type.
    package mutating func value<Value>(
        _ field: PersonalField, _ parse: (String) -> Value?
    ) throws(MalformedEvent) -> Value {
        try parsed(try text(field), field, parse)
    }

    package mutating func optionalValue<Value>(
        _ field: PersonalField, _ parse: (String) -> Value?
    ) throws(MalformedEvent) -> Value? {
        json.accept(key: field.rawValue) ? try parsed(try json.string(), field, parse) : nil
    }

    private func parsed<Value>(
        _ text: String, _ field: PersonalField, _ parse: (String) -> Value?
    ) throws(MalformedEvent) -> Value {
        guard let value = parse(text) else { throw json.failure("unreadable \(field.rawValue)") }
        return value
    }
}
