import Events
import HTML
import Hummingbird
import SiteMap
import Web

/// A form that was not carried out and waits to be shown again, with the cause.
struct WaitingForm: Sendable {
    enum Cause: Sendable {
        case failed(PageError)
        /// The page that blocked it, such as signing in, has been passed.
        case opened
    }

    let form: UnsentForm
    var cause: Cause

    /// Nil when no field holds typed text.
    init?(_ received: FormFields, sentTo path: String?, from page: ReturnPath? = nil, _ cause: Cause) {
        guard let place = path.flatMap({ ReturnPath($0) }) else { return nil }
        let all = received.pairs.map { (field: FieldName(rawValue: $0.name), value: $0.value) }
        form = UnsentForm(
            place: place, page: page, fields: all.filter { !FieldName.neverCarried.contains($0.field) },
            lacksSecrets: all.contains { FieldName.secrets.contains($0.field) && !$0.value.isEmpty })
        self.cause = cause
        guard form.fields.contains(where: WaitingForm.isTyped) else { return nil }
    }

    /// The form that a blocking page carried along, removed from `received`, which keeps only the fields of the blocking page.
    init?(takenFrom received: inout FormFields) {
        let carried = received.removeAll { UnsentForm.name(ofCarried: $0) != nil }
        guard !carried.isEmpty else { return nil }
        var fields = FormFields()
        for pair in carried { fields.append(UnsentForm.name(ofCarried: pair.name) ?? pair.name, pair.value) }
        let page = received.removeAll { $0 == FieldName.unsentFrom.rawValue }.first.flatMap { ReturnPath($0.value) }
        self.init(fields, sentTo: received.first(.returnPath), from: page, .opened)
    }

    /// The typed texts to show again, without the values of buttons and hidden fields.
    var texts: [String] { form.fields.filter(WaitingForm.isTyped).map(\.value) }

    /// False for values that pages fill in, not people: ids, numbers, dates, addresses of the site and ticks.
    private static func isTyped(_ field: FieldName, _ value: String) -> Bool {
        guard value.contains(where: { !$0.isWhitespace }), !FieldName.ofButtons.contains(field) else { return false }
        let isOurs =
            ["ja", "nej", "yes", "no"].contains(value) || Int(value) != nil || CommandID(value) != nil
            || PostID(value) != nil || CalendarDate(value) != nil
        return !isOurs
    }
}

extension FieldName {
    /// Typed secrets, never written into a page.
    static let secrets: Set<FieldName> = [
        .password, .newPassword, .code, .personalIdentityNumber, .correctedNumber,
    ]

    /// Left out of a returned form: secrets, and fields that belong to the page it was on.
    static let neverCarried = secrets.union([
        .formToken, .command, .signInToken, .setUpToken, SpamGuard.trap,
    ])

    /// Fields set by buttons and hidden inputs, not by typing.
    fileprivate static let ofButtons: Set<FieldName> = [
        .action, "atgard", "gor", "slag", .draftKind, .draftPlace, .returnPath, SpamGuard.stamp,
    ]
}

/// Thrown instead of an answer when a filled-in form was not carried out.
struct FormReturned: Error {
    let form: WaitingForm
    /// The handler's answer, when the request was to the page that blocked the form.
    var answer: Response?
}
