import Crypto
import Events
import Foundation
import HTML
import Processes

/// What keeps machines from a form that anybody may send, without asking a third party: a field that people do not see, and the time that
/// writing takes. Whoever is signed in is spared.
struct SpamGuard: Sendable {
    static let trap: FieldName = "webbplats"
    static let stamp: FieldName = "tid"

    /// People need longer, and do not leave a form lying for days.
    private static let quickest: Int64 = 3000
    private static let longest: Int64 = 24 * 3_600_000

    let key: SymmetricKey
    let now: Instant

    init(_ context: SiteContext) {
        key = context.visit.site.runtime.formKey
        now = context.now
    }

    /// Signed, so that nobody makes one up.
    var stamp: String { "\(now.milliseconds).\(code(of: now.milliseconds))" }

    /// Notes what is wrong beside the text; nothing that was typed is lost.
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
    /// The two hidden fields. Assistive technology is told nothing of the first, and whoever finds it is told to leave it.
    mutating func spamGuard(_ stamp: String?) {
        guard let stamp else { return }
        hiddenAsOpened(SpamGuard.stamp, stamp)
        raw(
            "<div class=\"visually-hidden\" aria-hidden=\"true\"><label>Webbplats (lämna tomt) <input type=\"text\" name=\""
        )
        text(SpamGuard.trap.rawValue)
        raw("\" tabindex=\"-1\" autocomplete=\"off\"></label></div>")
    }
}
