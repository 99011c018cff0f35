package import Events

/// Writes one page; everything except string literals and `TrustedMarkup` is escaped.
///
/// It also holds the current time, which every relative time on the page refers to, and the visitor's form token, which every posted form
/// carries.
package struct HTMLWriter: ~Copyable {
    package private(set) var bytes: [UInt8]
    package let now: Instant
    /// `now` in Stockholm's time zone, which every relative time on the page refers to.
    package let today: StockholmClock
    package let formToken: String
    /// Whether a posted form was written: the visitor then needs the cookie that the form token is bound to.
    package private(set) var hasForm = false
    package private(set) var hasMistakes = false
    /// The pieces written for this reader only, in page order.
    package private(set) var personal: [PersonalPiece] = []

    /// A form that was not carried out and is to be shown again with its values.
    package let unsent: UnsentForm?
    /// The forms written so far; recorded only when there is an `unsent` form to match them with.
    package private(set) var forms: [FormTrace] = []
    /// The index in `forms` of the form that gets the values of `unsent`.
    private let filling: Int?
    package private(set) var fillsForm = false
    package private(set) var carriesUnsent = false

    /// - Parameters:
    ///   - formToken: written into every posted form.
    ///   - unsent: filled into the matching form of the page, or carried along in hidden fields by a page that must be passed first.
    ///   - filling: the index of the form that is written with the values of `unsent`.
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

    /// Writes markup without escaping; it takes a `StaticString`, which only a literal can be, so typed text cannot get here.
    @inline(__always)
    mutating func raw(_ markup: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    /// Text, escaped for element content and quoted attribute values alike.
    package mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { Self.escape($0, into: &bytes) }
    }

    /// A number as plain digits; `grouped(_:)` is for numbers that people read.
    package mutating func digits(_ number: Int) {
        if number < 0 { return text(String(number)) }
        if number >= 10 { digits(number / 10) }
        bytes.append(UInt8(48 + number % 10))
    }

    /// Writes markup without escaping; the type that conforms to `TrustedMarkup` is responsible for its safety.
    package mutating func html(_ markup: some TrustedMarkup) {
        var text = markup.html
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Appends the output of another writer unchanged, with its personal pieces moved to their new place.
    package mutating func append(_ other: borrowing HTMLWriter) {
        personal += other.personal.map { $0.moved(by: bytes.count) }
        bytes.append(contentsOf: other.bytes)
        hasForm = hasForm || other.hasForm
    }

    /// Appends bytes of a rendering that all readers of the page share; they must contain no personal piece.
    package mutating func append(shared html: ArraySlice<UInt8>) { bytes.append(contentsOf: html) }

    /// Marks the output of `write` as personal to this reader; it replaces the personal pieces inside it.
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

/// A piece of a page that differs per reader.
package struct PersonalPiece: Sendable {
    package enum Kind: Sendable {
        case formToken, command, account
        /// The button with which the reader marks a post, or the sign that she has: the post's id, and its number in the thread.
        case bookmark(PostID, number: Int)
        /// The form for a reply to a thread, with the reader's draft.
        case reply(ThreadID)
    }

    package let kind: Kind
    /// Range in the page's bytes.
    package let place: Range<Int>

    package func moved(by distance: Int) -> PersonalPiece {
        PersonalPiece(kind: kind, place: (place.lowerBound + distance)..<(place.upperBound + distance))
    }
}

/// HTML that needs no escaping; a conforming type must have an initialiser that only its renderer can call.
package protocol TrustedMarkup: Sendable {
    var html: String { get }
}
