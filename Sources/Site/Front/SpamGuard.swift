import Crypto
import Events
import Foundation
import HTML
import Processes

/// Spam protection, without a third party, for forms that visitors may send: a field hidden from people, and limits on the time between
/// opening and sending the form; signed-in members are exempt.
struct SpamGuard: Sendable {
    static let trap: FieldName = "webbplats"
    static let stamp: FieldName = "tid"

    /// Limits on the age of a sent form, in milliseconds: people need longer than `quickest`, and do not leave a form open for days.
    private static let quickest: Int64 = 3000
    private static let longest: Int64 = 24 * 3_600_000

    let key: SymmetricKey
    let now: Instant

    init(_ context: SiteContext) {
        key = context.visit.site.runtime.formKey
        now = context.now
    }

    /// The time at which the form was opened, signed so that it cannot be forged.
    var stamp: String { "\(now.milliseconds).\(code(of: now.milliseconds))" }

    /// Notes a failed check at the text field; the typed text is kept.
    func check(_ form: inout Form, at field: FieldName) {
        guard form.typed(SpamGuard.trap).isEmpty else {
            form.note("Lämna fältet ”Webbplats” tomt. Det är till för att fånga skräppost.", at: field)
            return
        }
        switch age(of: form.typed(SpamGuard.stamp)) {
        case nil: form.note("Sidan hade legat öppen för länge. Tryck på Skicka en gång till.", at: field)
        case let age? where age < SpamGuard.quickest:
            form.note("Det gick väldigt fort. Vänta några sekunder och tryck på Skicka igen.", at: field)
        case _?: break
        }
    }

    private func age(of stamp: String) -> Int64? {
        let parts = stamp.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let time = Int64(parts[0]), parts[1] == code(of: time) else { return nil }
        let age = now.milliseconds - time
        return (0...SpamGuard.longest).contains(age) ? age : nil
    }

    private func code(of time: Int64) -> String {
        let words = Data("form shown at \(time)".utf8)
        return Hex.encode(Array(HMAC<SHA256>.authenticationCode(for: words, using: key).prefix(16)))
    }
}

extension HTMLWriter {
    /// Writes the two hidden fields; the trap is hidden from assistive technology, and its label says to leave it empty.
    mutating func spamGuard(_ stamp: String?) {
        guard let stamp else { return }
        hiddenAsOpened(SpamGuard.stamp, stamp)
        trap(SpamGuard.trap, "Webbplats (lämna tomt)")
    }
}
