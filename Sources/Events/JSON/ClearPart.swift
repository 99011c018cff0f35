/// The part of an event that anybody with the log may read: ids, closed enumerations, dates, numbers, hashes of public texts.
///
/// The writer has no method for free text, so personal data cannot get in (the published text of a policy has a type of its own).
package struct ClearPart: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(_ write: (inout ClearWriter) -> Void = { _ in }) {
        var writer = ClearWriter()
        write(&writer)
        bytes = writer.json.finished()
    }

    init(stored bytes: [UInt8]) { self.bytes = bytes }

    func read<Value>(_ read: (inout ClearReader) throws(MalformedEvent) -> Value) throws(MalformedEvent) -> Value {
        var reader = try ClearReader(bytes)
        let value = try read(&reader)
        try reader.json.finish()
        return value
    }
}

/// A value from a closed list in the code, such as a role.
package protocol ClosedCode: RawRepresentable, Sendable where RawValue == String {}

/// A text that was published to everybody, such as a version of the privacy policy.
package struct PublishedText: Hashable, Sendable {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// Keys must come in ascending order, the same in which `ClearReader` asks for them.
package struct ClearWriter {
    var json = JSONWriter()

    package mutating func id<Kind>(_ key: StaticString, _ id: Identifier<Kind>?) {
        if let id { field(key) { $0.string(id.description) } }
    }

    package mutating func ids<Kind>(_ key: StaticString, _ ids: [Identifier<Kind>]) {
        if !ids.isEmpty { field(key) { $0.list(ids) { $0.string($1.description) } } }
    }

    package mutating func code(_ key: StaticString, _ code: (some ClosedCode)?) {
        if let code { field(key) { $0.string(code.rawValue) } }
    }

    package mutating func codes(_ key: StaticString, _ codes: [some ClosedCode]) {
        if !codes.isEmpty { field(key) { $0.list(codes) { $0.string($1.rawValue) } } }
    }

    package mutating func integer(_ key: StaticString, _ value: Int?) {
        if let value { field(key) { $0.integer(Int64(value)) } }
    }

    package mutating func bool(_ key: StaticString, _ value: Bool) { field(key) { $0.bool(value) } }

    package mutating func date(_ key: StaticString, _ date: CalendarDate?) {
        if let date { field(key) { $0.string(date.description) } }
    }

    package mutating func instant(_ key: StaticString, _ instant: Instant?) {
        if let instant { field(key) { $0.integer(instant.milliseconds) } }
    }

    package mutating func hash(_ key: StaticString, _ hash: TextHash?) {
        if let hash { field(key) { $0.string(hash.description) } }
    }

    package mutating func published(_ key: StaticString, _ text: PublishedText) { field(key) { $0.string(text.text) } }

    package mutating func list<Element>(
        _ key: StaticString, _ elements: [Element], _ write: (inout ClearWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        field(key) {
            $0.list(elements) { json, element in
                json.object { object in
                    var inner = ClearWriter()
                    inner.json = object
                    write(&inner, element)
                    object = inner.json
                }
            }
        }
    }

    package mutating func subjects(_ key: StaticString, _ subjects: [Subject]) {
        if !subjects.isEmpty { field(key) { $0.list(subjects) { $0.string($1.description) } } }
    }

    package mutating func subject(_ key: StaticString, _ subject: Subject?) {
        if let subject { field(key) { $0.string(subject.description) } }
    }

    mutating func owner(_ key: StaticString, _ owner: Owner) { field(key) { $0.string(owner.description) } }

    private mutating func field(_ key: StaticString, _ write: (inout JSONWriter) -> Void) {
        json.key(key.description)
        write(&json)
    }
}

/// Reads a clear part in the order in which it was written.
package struct ClearReader {
    var json: JSONReader

    init(_ bytes: [UInt8]) throws(MalformedEvent) { json = try JSONReader(bytes) }

    package mutating func id<Kind>(_ key: StaticString) throws(MalformedEvent) -> Identifier<Kind> {
        try parsed(key)
    }

    package mutating func optionalID<Kind>(_ key: StaticString) throws(MalformedEvent) -> Identifier<Kind>? {
        try optionallyParsed(key)
    }

    package mutating func ids<Kind>(_ key: StaticString) throws(MalformedEvent) -> [Identifier<Kind>] {
        guard json.accept(key: key) else { return [] }
        return try json.list { (json) throws(MalformedEvent) in try ClearReader.parse(&json, key) }
    }

    package mutating func code<Code: ClosedCode>(_ key: StaticString) throws(MalformedEvent) -> Code {
        try json.require(key: key)
        return try ClearReader.code(&json, key)
    }

    package mutating func optionalCode<Code: ClosedCode>(_ key: StaticString) throws(MalformedEvent) -> Code? {
        json.accept(key: key) ? try ClearReader.code(&json, key) : nil
    }

    package mutating func codes<Code: ClosedCode>(_ key: StaticString) throws(MalformedEvent) -> [Code] {
        guard json.accept(key: key) else { return [] }
        return try json.list { (json) throws(MalformedEvent) in try ClearReader.code(&json, key) }
    }

    package mutating func integer(_ key: StaticString) throws(MalformedEvent) -> Int {
        try json.require(key: key)
        return Int(try json.integer())
    }

    package mutating func optionalInteger(_ key: StaticString) throws(MalformedEvent) -> Int? {
        json.accept(key: key) ? Int(try json.integer()) : nil
    }

    package mutating func bool(_ key: StaticString) throws(MalformedEvent) -> Bool {
        try json.require(key: key)
        return try json.bool()
    }

    package mutating func date(_ key: StaticString) throws(MalformedEvent) -> CalendarDate { try parsed(key) }

    package mutating func instant(_ key: StaticString) throws(MalformedEvent) -> Instant {
        try json.require(key: key)
        return Instant(milliseconds: try json.integer())
    }

    package mutating func hash(_ key: StaticString) throws(MalformedEvent) -> TextHash { try parsed(key) }

    package mutating func optionalHash(_ key: StaticString) throws(MalformedEvent) -> TextHash? {
        try optionallyParsed(key)
    }

    package mutating func published(_ key: StaticString) throws(MalformedEvent) -> PublishedText {
        try json.require(key: key)
        return PublishedText(try json.string())
    }

    package mutating func list<Element>(
        _ key: StaticString, _ read: (inout ClearReader) throws(MalformedEvent) -> Element
    ) throws(MalformedEvent) -> [Element] {
        guard json.accept(key: key) else { return [] }
        return try json.list { (json) throws(MalformedEvent) in
            try json.object { (object) throws(MalformedEvent) in
                var inner = ClearReader(object)
                let element = try read(&inner)
                object = inner.json
                return element
            }
        }
    }

    package mutating func subjects(_ key: StaticString) throws(MalformedEvent) -> [Subject] {
        guard json.accept(key: key) else { return [] }
        return try json.list { (json) throws(MalformedEvent) in try ClearReader.parse(&json, key) }
    }

    package mutating func subject(_ key: StaticString) throws(MalformedEvent) -> Subject { try parsed(key) }

    package mutating func optionalSubject(_ key: StaticString) throws(MalformedEvent) -> Subject? {
        try optionallyParsed(key)
    }

    private init(_ json: JSONReader) { self.json = json }

    mutating func parsed<Value: LosslessStringConvertible>(_ key: StaticString) throws(MalformedEvent) -> Value {
        try json.require(key: key)
        return try ClearReader.parse(&json, key)
    }

    mutating func optionallyParsed<Value: LosslessStringConvertible>(
        _ key: StaticString
    ) throws(MalformedEvent) -> Value? {
        json.accept(key: key) ? try ClearReader.parse(&json, key) : nil
    }

    static func parse<Value: LosslessStringConvertible>(
        _ json: inout JSONReader, _ key: StaticString
    ) throws(MalformedEvent) -> Value {
        guard let value = Value(try json.string()) else { throw json.failure("unreadable value of \(key)") }
        return value
    }

    private static func code<Code: ClosedCode>(
        _ json: inout JSONReader, _ key: StaticString
    ) throws(MalformedEvent) -> Code {
        guard let code = Code(rawValue: try json.string()) else { throw json.failure("unknown code in \(key)") }
        return code
    }
}
