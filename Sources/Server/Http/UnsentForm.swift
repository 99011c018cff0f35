import Events
import Hummingbird
import Synchronization

/// What somebody typed into a form that was not carried out, on its way back to her.
///
/// It is held in pages only: the site stores nothing of it, and never sends it by itself. Passwords, codes and tokens are left out.
struct UnsentForm: Sendable {
    enum Cause: Sendable {
        case failed(PageError)
        /// A page that stood in its way has been passed.
        case opened
    }

    private static let prefix = "oskickat."

    /// Where the form was sent to.
    let place: ReturnPath
    /// The page that it stood on, when the browser says so.
    let page: ReturnPath?
    let fields: [(field: FieldName, value: String)]
    /// Whether something has to be typed anew.
    let lacksSecrets: Bool
    var cause: Cause
    private let placed = Placed()

    /// Nil when there is nothing in it that somebody typed.
    init?(_ received: FormFields, sentTo path: String?, from page: ReturnPath? = nil, _ cause: Cause) {
        guard let place = path.flatMap({ ReturnPath($0) }) else { return nil }
        let all = received.pairs.map { (field: FieldName(rawValue: $0.name), value: $0.value) }
        self.place = place
        self.page = page
        self.cause = cause
        fields = all.filter { !FieldName.neverCarried.contains($0.field) }
        lacksSecrets = all.contains { FieldName.secrets.contains($0.field) && !$0.value.isEmpty }
        guard fields.contains(where: UnsentForm.isTyped) else { return nil }
    }

    /// What a page before which the form had to wait carries along; `received` keeps its own fields only.
    init?(takenFrom received: inout FormFields) {
        let carried = received.removeAll { $0.hasPrefix(UnsentForm.prefix) }
        guard !carried.isEmpty else { return nil }
        var fields = FormFields()
        for pair in carried { fields.append(String(pair.name.dropFirst(UnsentForm.prefix.count)), pair.value) }
        let page = received.removeAll { $0 == FieldName.unsentFrom.rawValue }.first.flatMap { ReturnPath($0.value) }
        self.init(fields, sentTo: received.first(.returnPath), from: page, .opened)
    }

    /// As hidden fields of another form.
    var carried: [(field: FieldName, value: String)] {
        fields.map { (FieldName(rawValue: UnsentForm.prefix + $0.field.rawValue), $0.value) }
            + (page.map { [(.unsentFrom, $0.description)] } ?? [])
    }

    /// The texts to show again, without what the buttons and hidden fields of a form say.
    var texts: [String] { fields.filter(UnsentForm.isTyped).map(\.value) }

    /// Whether a page has taken it in.
    var isPlaced: Bool { placed.value.withLock { $0 } }

    func notePlaced() { placed.value.withLock { $0 = true } }

    func value(of field: FieldName) -> String? { fields.first { $0.field == field }?.value }

    var values: [FieldName: [String]] {
        fields.reduce(into: [:]) { $0[$1.field, default: []].append($1.value) }
    }

    /// Ids, numbers, dates, addresses of the site and ticks are what pages put in, not people.
    private static func isTyped(_ field: FieldName, _ value: String) -> Bool {
        guard value.contains(where: { !$0.isWhitespace }), !FieldName.ofButtons.contains(field) else { return false }
        let isOurs =
            ["ja", "nej", "yes", "no"].contains(value) || Int(value) != nil || CommandID(value) != nil
            || PostID(value) != nil || CalendarDate(value) != nil
        return !isOurs
    }
}

private final class Placed: Sendable {
    let value = Mutex(false)
}

extension FieldName {
    /// Typed by people, and never written into a page.
    static let secrets: Set<FieldName> = [
        .password, .newPassword, .code, .personalIdentityNumber, .correctedNumber,
    ]

    /// Left out when a form comes back: secrets, and what belongs to the page that it was on.
    static let neverCarried = secrets.union([.formToken, .command, .signInToken, .setUpToken, SpamGuard.trap])

    /// What a button or a hidden field says of the form it stands in.
    fileprivate static let ofButtons: Set<FieldName> = [.action, "atgard", "gor", "slag", .returnPath, SpamGuard.stamp]

    fileprivate static let unsentFrom: FieldName = "oskickat-sida"
}

/// Thrown instead of an answer: somebody filled in a form that was not carried out.
struct FormReturned: Error {
    let form: UnsentForm
    /// What the handler answered, when it was the page that stood in the form's way.
    var answer: Response?
}
