package import Events

/// Writes one page. Whatever is not a literal of the program is escaped on its way in.
///
/// It also knows the moment and the visitor's form token, so that every form carries the token and every time is told from now.
package struct HTMLWriter: ~Copyable {
    package private(set) var bytes: [UInt8]
    package let now: Instant
    /// Now on the wall in Stockholm, which every time on the page is told from.
    package let today: StockholmClock
    package let formToken: String
    /// Whether something was written that is sent back: such a visitor needs the cookie that the token belongs to.
    package private(set) var hasForm = false
    package private(set) var hasMistakes = false
    /// Where something is written for this reader alone, in order.
    package private(set) var personal: [PersonalPiece] = []

    /// A form that waits to be shown again, filled in.
    package let unsent: UnsentForm?
    /// The forms that were written, when one of them is looked for.
    package private(set) var forms: [FormTrace] = []
    /// Which of them gets what was typed before.
    private let filling: Int?
    package private(set) var fillsForm = false
    package private(set) var carriesUnsent = false

    /// - Parameters:
    ///   - formToken: goes into every form that is posted.
    ///   - unsent: is looked for among the forms, or carried along by the page that it has to wait for.
    ///   - filling: the number of the form that is written as it was filled in.
    package init(
        now: Instant, formToken: String = "", capacity: Int = 24 * 1024, unsent: UnsentForm? = nil, filling: Int? = nil
    ) {
        self.unsent = unsent
        self.filling = filling
        self.now = now
        today = StockholmClock(now)
        self.formToken = formToken
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Markup of the program: only a literal is a `StaticString`, so nothing that anybody typed comes this way.
    @inline(__always)
    package mutating func raw(_ markup: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    /// Text, escaped for element content and quoted attribute values alike.
    package mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { Self.escape($0, into: &bytes) }
    }

    /// A count as digits; `grouped(_:)` is for numbers that people read.
    package mutating func digits(_ number: Int) {
        if number < 0 { return text(String(number)) }
        if number >= 10 { digits(number / 10) }
        bytes.append(UInt8(48 + number % 10))
    }

    /// HTML that whoever made the type answers for.
    package mutating func html(_ markup: some TrustedMarkup) {
        var text = markup.html
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// What another writer wrote, as it stands.
    package mutating func append(_ other: borrowing HTMLWriter) {
        personal += other.personal.map { $0.moved(by: bytes.count) }
        bytes.append(contentsOf: other.bytes)
        hasForm = hasForm || other.hasForm
    }

    /// What was written for another reader of the same page, without that reader's own pieces.
    package mutating func append(shared html: ArraySlice<UInt8>) { bytes.append(contentsOf: html) }

    /// What `write` writes is for this reader alone.
    package mutating func personal(_ kind: PersonalPiece.Kind, _ write: (inout HTMLWriter) -> Void) {
        let start = bytes.count
        write(&self)
        personal.removeAll { $0.place.lowerBound >= start }
        personal.append(PersonalPiece(kind: kind, place: start..<bytes.count))
    }

    mutating func noteForm() { hasForm = true }

    mutating func beginForm(action: String) {
        noteForm()
        guard unsent != nil else { return }
        forms.append(FormTrace(action: action))
        fillsForm = filling == forms.count - 1
    }

    mutating func endForm() { fillsForm = false }

    package mutating func noteControl(_ field: FieldName) {
        guard !forms.isEmpty else { return }
        forms[forms.count - 1].add(control: field)
    }

    mutating func noteHidden(_ field: FieldName, _ value: String) {
        guard !forms.isEmpty else { return }
        forms[forms.count - 1].add(hidden: field, value)
    }

    mutating func noteChoice(_ field: FieldName, _ value: String) {
        guard !forms.isEmpty else { return }
        forms[forms.count - 1].add(choice: field, value)
    }

    mutating func noteCarried() { carriesUnsent = true }

    mutating func noteMistakes() { hasMistakes = true }

    private static func escape(_ text: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]) {
        var start = 0
        for index in text.indices {
            let replacement: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): replacement = "&amp;"
            case UInt8(ascii: "<"): replacement = "&lt;"
            case UInt8(ascii: ">"): replacement = "&gt;"
            case UInt8(ascii: "\""): replacement = "&quot;"
            case UInt8(ascii: "'"): replacement = "&#39;"
            default: continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
}

/// A piece of a page that is another for every reader.
package struct PersonalPiece: Sendable {
    package enum Kind: Sendable {
        case formToken, command, account
    }

    package let kind: Kind
    /// In the page's bytes.
    package let place: Range<Int>

    package func moved(by distance: Int) -> PersonalPiece {
        PersonalPiece(kind: kind, place: (place.lowerBound + distance)..<(place.upperBound + distance))
    }
}

/// HTML that is safe because only one place can make the type: its initialiser is private to the renderer.
package protocol TrustedMarkup: Sendable {
    var html: String { get }
}
