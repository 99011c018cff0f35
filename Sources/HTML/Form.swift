package import Events

/// A form on its way: what was typed, kept for showing it again, and what is wrong with it.
///
/// A handler asks for each value by its type; what cannot be had is noted beside its field, so that one answer names every mistake.
package struct Form: Sendable {
    package struct Mistake: Hashable, Sendable {
        package let field: FieldName
        package let message: String
    }

    private var values: [FieldName: [String]]
    package private(set) var mistakes: [Mistake] = []
    /// Why the form cannot be taken now although nothing is wrong with it.
    package var obstacle: (any Error)?
    /// Tells the fields of several forms on one page apart.
    package var idPrefix: String

    /// A form to be filled in; `values` are what it starts with.
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

    /// What was typed, exactly; empty when nothing was.
    package func typed(_ field: FieldName) -> String { values[field]?.first ?? "" }

    /// Every value of a field that may come several times.
    package func list(_ field: FieldName) -> [String] { values[field] ?? [] }

    /// Without white space at the ends, and with one kind of line break.
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

    /// An id, a date, a number: anything that reads itself from text.
    package func value<Value: LosslessStringConvertible>(_ field: FieldName, as: Value.Type = Value.self) -> Value? {
        Value(text(field))
    }

    package func message(for field: FieldName) -> String? { mistakes.first { $0.field == field }?.message }

    /// Takes back what was typed, so that it is never written into a page.
    package mutating func forget(_ field: FieldName) { values[field] = nil }

    package mutating func note(_ message: String, at field: FieldName) {
        mistakes.append(Mistake(field: field, message: message))
    }

    /// The text, or nil and a note when nothing of it can be seen.
    package mutating func require(_ field: FieldName, _ message: String) -> String? {
        let text = text(field)
        guard !TypedText.isVisible(text) else { return text }
        note(message, at: field)
        return nil
    }

    /// What `parse` makes of the text, or nil and a note when it makes nothing of it.
    package mutating func require<Value>(
        _ field: FieldName, _ message: String, as parse: (String) throws -> Value?
    ) -> Value? {
        if let value = try? parse(text(field)) { return value }
        note(message, at: field)
        return nil
    }

    /// The choice, or nil and a note when none of the choices was made.
    package mutating func require<Choice: RawRepresentable>(_ field: FieldName, _ message: String, of: Choice.Type)
        -> Choice?
    where Choice.RawValue == String {
        let choice = choice(field, of: Choice.self)
        if choice == nil { note(message, at: field) }
        return choice
    }
}
