import Events
import HTML
import Hummingbird
import SiteMap
import Web

/// A form that was not carried out and waits to be shown again, and why.
struct WaitingForm: Sendable {
    enum Cause: Sendable {
        case failed(PageError)
        /// A page that stood in its way has been passed.
        case opened
    }

    let form: UnsentForm
    var cause: Cause

    /// Nil when there is nothing in it that somebody typed.
    init?(_ received: FormFields, sentTo path: String?, from page: ReturnPath? = nil, _ cause: Cause) {
        guard let place = path.flatMap({ ReturnPath($0) }) else { return nil }
        let all = received.pairs.map { (field: FieldName(rawValue: $0.name), value: $0.value) }
        form = UnsentForm(
            place: place, page: page, fields: all.filter { !FieldName.neverCarried.contains($0.field) },
            lacksSecrets: all.contains { FieldName.secrets.contains($0.field) && !$0.value.isEmpty })
        self.cause = cause
        guard form.fields.contains(where: WaitingForm.isTyped) else { return nil }
    }

    /// What a page before which the form had to wait carries along; `received` keeps its own fields only.
    init?(takenFrom received: inout FormFields) {
        let carried = received.removeAll { UnsentForm.name(ofCarried: $0) != nil }
        guard !carried.isEmpty else { return nil }
        var fields = FormFields()
        for pair in carried { fields.append(UnsentForm.name(ofCarried: pair.name) ?? pair.name, pair.value) }
        let page = received.removeAll { $0 == FieldName.unsentFrom.rawValue }.first.flatMap { ReturnPath($0.value) }
        self.init(fields, sentTo: received.first(.returnPath), from: page, .opened)
    }

    /// The texts to show again, without what the buttons and hidden fields of a form say.
    var texts: [String] { form.fields.filter(WaitingForm.isTyped).map(\.value) }

    /// Ids, numbers, dates, addresses of the site and ticks are what pages put in, not people.
    private static func isTyped(_ field: FieldName, _ value: String) -> Bool {
        guard value.contains(where: { !$0.isWhitespace }), !FieldName.ofButtons.contains(field) else { return false }
        let isOurs =
            ["ja", "nej", "yes", "no"].contains(value) || Int(value) != nil || CommandID(value) != nil
            || PostID(value) != nil || CalendarDate(value) != nil
        return !isOurs
    }
}

extension FieldName {
    /// Typed by people, and never written into a page.
    static let secrets: Set<FieldName> = [
        .password, .newPassword, .code, .personalIdentityNumber, .correctedNumber,
    ]

    /// Left out when a form comes back: secrets, and what belongs to the page that it was on.
    static let neverCarried = secrets.union([
        .formToken, .command, .signInToken, .setUpToken, SpamGuard.trap,
    ])

    /// What a button or a hidden field says of the form it stands in.
    fileprivate static let ofButtons: Set<FieldName> = [.action, "atgard", "gor", "slag", .returnPath, SpamGuard.stamp]
}

/// Thrown instead of an answer: somebody filled in a form that was not carried out.
struct FormReturned: Error {
    let form: WaitingForm
    /// What the handler answered, when it was the page that stood in the form's way.
    var answer: Response?
}
