/// A value of a field in a clear part. Nil optionals and empty lists are left out.
package protocol ClearValue: Sendable {
    init(_ key: StaticString, from json: inout JSONReader) throws(MalformedEvent)
    func write(_ key: StaticString, to json: inout JSONWriter)
}

/// A `ClearValue` that may also be optional, or an element of a list.
package protocol ClearElement: ClearValue {
    /// - Parameter key: for the message of an error.
    init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent)
    func writeElement(to json: inout JSONWriter)
}

extension ClearElement {
    package init(_ key: StaticString, from json: inout JSONReader) throws(MalformedEvent) {
        try json.require(key: key)
        try self.init(key, asElementOf: &json)
    }

    package func write(_ key: StaticString, to json: inout JSONWriter) {
        json.key(key)
        writeElement(to: &json)
    }
}

extension Optional: ClearValue where Wrapped: ClearElement {
    package init(_ key: StaticString, from json: inout JSONReader) throws(MalformedEvent) {
        self = json.accept(key: key) ? try Wrapped(key, asElementOf: &json) : nil
    }

    package func write(_ key: StaticString, to json: inout JSONWriter) { self?.write(key, to: &json) }
}

extension Array: ClearValue where Element: ClearElement {
    package init(_ key: StaticString, from json: inout JSONReader) throws(MalformedEvent) {
        guard json.accept(key: key) else {
            self = []
            return
        }
        self = try json.list { (json) throws(MalformedEvent) in try Element(key, asElementOf: &json) }
    }

    package func write(_ key: StaticString, to json: inout JSONWriter) {
        guard !isEmpty else { return }
        json.key(key)
        json.list(self) { $1.writeElement(to: &$0) }
    }
}

/// A value from a closed list in the code, such as a role.
package protocol ClosedCode: RawRepresentable, ClearElement where RawValue == String {}

extension ClosedCode {
    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        guard let code = Self(rawValue: try json.string()) else { throw json.failure("unknown code in \(key)") }
        self = code
    }

    package func writeElement(to json: inout JSONWriter) { json.string(rawValue) }
}

/// A value that is written as its description: ids, dates and hashes. No type outside this module conforms.
package protocol ClearName: ClearElement, LosslessStringConvertible {}

extension ClearName {
    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        guard let value = Self(try json.string()) else { throw json.failure("unreadable value of \(key)") }
        self = value
    }

    package func writeElement(to json: inout JSONWriter) { json.string(description) }
}

extension Identifier: ClearName {}
extension Subject: ClearName {}
extension Owner: ClearName {}
extension CalendarDate: ClearName {}
extension TextHash: ClearName {}

extension Int: ClearElement {
    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        self = Int(try json.integer())
    }

    package func writeElement(to json: inout JSONWriter) { json.integer(Int64(self)) }
}

extension Bool: ClearElement {
    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        self = try json.bool()
    }

    package func writeElement(to json: inout JSONWriter) { json.bool(self) }
}

extension Instant: ClearElement {
    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        self.init(milliseconds: try json.integer())
    }

    package func writeElement(to json: inout JSONWriter) { json.integer(milliseconds) }
}

/// A text that was published to everybody, such as a version of the privacy policy.
package struct PublishedText: Hashable, ClearElement {
    package let text: String

    package init(_ text: String) { self.text = text }

    package init(_ key: StaticString, asElementOf json: inout JSONReader) throws(MalformedEvent) {
        text = try json.string()
    }

    package func writeElement(to json: inout JSONWriter) { json.string(text) }
}
