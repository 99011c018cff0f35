package import Events

/// The typed values of a form, and the mistakes found in them, for showing the form again.
///
/// A handler asks for each value by its type; each value that is missing or invalid is recorded as a mistake of its field, so that one
/// response lists every mistake.
package struct Form: Sendable {
    package struct Mistake: Hashable, Sendable {
        package let field: FieldName
        package let message: String
    }

    private var values: [FieldName: [String]]
    package private(set) var mistakes: [Mistake] = []
    /// Why the form could not be carried out for a reason other than its values; sets the status of the response.
    package var obstacle: (any Error)?
    /// Prefix of the element ids, which keeps them unique when a page has several forms.
    package var idPrefix: String

    /// A form to be filled in, with its initial values.
    package init(_ values: [FieldName: String] = [:], idPrefix: String = "") {
        self.values = values.mapValues { [$0] }
        self.idPrefix = idPrefix
    }

    package init(received values: [FieldName: [String]]) {
        self.values = values
        idPrefix = ""
    }

    package func id(of field: FieldName) -> String {
        idPrefix.isEmpty ? field.rawValue : "\(idPrefix)-\(field.rawValue)"
    }

    package var isAccepted: Bool { mistakes.isEmpty }

    /// The first value exactly as typed; empty when the field is missing.
    package func typed(_ field: FieldName) -> String { values[field]?.first ?? "" }

    /// All values of a field that may be repeated.
    package func list(_ field: FieldName) -> [String] { values[field] ?? [] }

    /// The typed value without white space at the ends, and with `\n` for every line break.
    package func text(_ field: FieldName) -> String {
        let typed = typed(field)
        let lines = typed.utf8.contains(UInt8(ascii: "\r")) ? Form.withPlainLineBreaks(typed) : typed
        guard let start = lines.firstIndex(where: { !$0.isWhitespace }),
            let end = lines.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(lines[start...end])
    }

    private static func withPlainLineBreaks(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for byte in text.utf8 {
            let isReturn = byte == UInt8(ascii: "\r")
            if !(byte == UInt8(ascii: "\n") && afterReturn) { bytes.append(isReturn ? UInt8(ascii: "\n") : byte) }
            afterReturn = isReturn
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package func isChecked(_ field: FieldName) -> Bool { values[field] != nil }

    package func choice<Choice: RawRepresentable>(_ field: FieldName, of: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        Choice(rawValue: typed(field))
    }

    /// The text as an id, a date, a number or another type that parses itself from text.
    package func value<Value: LosslessStringConvertible>(_ field: FieldName, as: Value.Type = Value.self) -> Value? {
        Value(text(field))
    }

    package func message(for field: FieldName) -> String? { mistakes.first { $0.field == field }?.message }

    /// Drops the typed value, so that it is never written into a page.
    package mutating func forget(_ field: FieldName) { values[field] = nil }

    package mutating func note(_ message: String, at field: FieldName) {
        mistakes.append(Mistake(field: field, message: message))
    }

    /// The text; nil when it has no visible character, which records `message` as a mistake.
    package mutating func require(_ field: FieldName, _ message: String) -> String? {
        let text = text(field)
        guard !TypedText.isVisible(text) else { return text }
        note(message, at: field)
        return nil
    }

    /// The parsed text; nil when `parse` returns nil or throws, which records `message` as a mistake.
    package mutating func require<Value>(
        _ field: FieldName, _ message: String, as parse: (String) throws -> Value?
    ) -> Value? {
        if let value = try? parse(text(field)) { return value }
        note(message, at: field)
        return nil
    }

    /// The choice; nil when the value is not one of the choices, which records `message` as a mistake.
    package mutating func require<Choice: RawRepresentable>(_ field: FieldName, _ message: String, of: Choice.Type)
        -> Choice?
    where Choice.RawValue == String {
        let choice = choice(field, of: Choice.self)
        if choice == nil { note(message, at: field) }
        return choice
    }
}
