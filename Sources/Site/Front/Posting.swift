import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import Web

/// The kinds of writing that are rate-limited per member: lower limits for new accounts, none for moderators and administrators.
///
/// Counted in memory, so a restart resets the counts; deleting a text does not.
enum Posting: CaseIterable, Sendable {
    case thread, post, conversation, message, report, matter

    /// - Parameter isNew: whether the account is new.
    func kind(isNew: Bool) -> RateLimit.Kind {
        switch self {
        case .thread: isNew ? .newThreads : .threads
        case .post: isNew ? .newPosts : .posts
        case .conversation: isNew ? .newConversations : .conversations
        case .message: isNew ? .newMessages : .messages
        case .report: isNew ? .newReports : .reports
        case .matter: isNew ? .newCases : .cases
        }
    }

    fileprivate var done: String {
        switch self {
        case .thread: "startat många trådar"
        case .post: "skrivit många inlägg"
        case .conversation: "börjat många samtal"
        case .message: "skrivit många meddelanden"
        case .report: "gjort många anmälningar"
        case .matter: "skrivit till administrationen många gånger"
        }
    }

    static let standard: [RateLimit.Kind: RateLimit] = [
        .preview: RateLimit(120, per: .minute),
        .threads: RateLimit(10, per: .hour), .newThreads: RateLimit(3, per: .hour),
        .posts: RateLimit(60, per: .hour), .newPosts: RateLimit(15, per: .hour),
        .conversations: RateLimit(20, per: .hour), .newConversations: RateLimit(5, per: .hour),
        .messages: RateLimit(120, per: .hour), .newMessages: RateLimit(20, per: .hour),
        .reports: RateLimit(20, per: .hour), .newReports: RateLimit(5, per: .hour),
        .cases: RateLimit(20, per: .hour), .newCases: RateLimit(5, per: .hour),
    ]
}

extension SiteContext {
    /// Spends one unit of the member's limit; a form whose command is already in the log passes without spending.
    /// - Returns: whether the text may be written now; if not, a note in the form says how long to wait.
    func spend(
        _ posting: Posting, for command: CommandID, in application: Application, noting form: inout Form,
        at field: FieldName
    ) throws -> Bool {
        guard let member, member.roles.isDisjoint(with: [.moderator, .administrator]) else { return true }
        guard try !application.log.holds(command) else { return true }
        let joined = try application.views.members.joined(member.id)
        let newUntil = joined?.adding(Period(days: visit.site.daysAsNew)) ?? now
        let isNew = now < newUntil
        do {
            try visit.site.limits.spend(posting.kind(isNew: isNew), by: .account(member.id), at: now)
            return true
        } catch {
            let wait = if case .tooMany(let seconds) = error { seconds } else { 60 }
            let rest =
                isNew
                ? " Den som har varit medlem i \(SwedishNumber.spelled(visit.site.daysAsNew, "en dag", "dagar")) får skriva oftare."
                : ""
            form.note(
                "Du har \(posting.done) på kort tid. Vänta \(SwedishNumber.wait(seconds: wait)) och skicka igen. Det du har skrivit står kvar."
                    + rest, at: field)
            form.obstacle = error
            return false
        }
    }

    /// Spends one preview of the member's limit.
    /// - Returns: whether the preview may be rendered now; if not, a note in the form says how long to wait.
    func spendPreview(noting form: inout Form, at field: FieldName) -> Bool {
        guard let member else { return true }
        do {
            try visit.site.limits.spend(.preview, by: .account(member.id), at: now)
            return true
        } catch {
            let wait = if case .tooMany(let seconds) = error { seconds } else { 60 }
            form.note(
                "Du har förhandsgranskat många gånger på kort tid. Vänta \(SwedishNumber.wait(seconds: wait)). Det du har skrivit står kvar.",
                at: field)
            form.obstacle = error
            return false
        }
    }

    /// Parses and renders off the event loops; nil, with a note in the form, when the queue is full.
    func read<Value: Sendable>(
        _ form: inout Form, at field: FieldName, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value? {
        do {
            return try await visit.site.texts.run(work)
        } catch is QueueFull {
            form.note("Många skriver just nu. Vänta en stund och skicka igen. Det du har skrivit står kvar.", at: field)
            form.obstacle = PageError.unavailable
            return nil
        }
    }

    /// The page as an ordinary answer, or as a refused one when the form has mistakes.
    func page(_ page: some HTMLPage, with form: Form) -> Response {
        form.isAccepted ? self.page(page) : refused(page, form)
    }

    /// The page again, with the typed values and mistakes, and the status of the form's obstacle if it has one.
    func refused(_ page: some HTMLPage, _ form: Form) -> Response {
        guard let obstacle = form.pageError else { return refused(page) }
        var response = self.page(page, status: .init(code: obstacle.status))
        response.headers[.retryAfter] = obstacle.retryAfter
        return response
    }
}

extension SwedishNumber {
    /// `40 sekunder`, `tolv minuter`
    fileprivate static func wait(seconds: Int) -> String {
        seconds <= 90
            ? spelled(seconds, "en sekund", "sekunder") : spelled((seconds + 59) / 60, "en minut", "minuter")
    }
}

extension Form {
    /// The obstacle as a page error, which sets the status of the answer.
    var pageError: PageError? { obstacle.map { $0 as? PageError ?? .outOfOrder } }
}
