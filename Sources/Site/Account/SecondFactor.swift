import Accounts
import Events
import HTML
import Processes

/// Checks a member's code within her limit of wrong codes; every request for a second factor goes through here.
struct SecondFactor: Sendable {
    let accounts: Accounts
    let tries: WrongCodes

    init(_ accounts: Accounts, _ site: WebEnvironment) {
        self.accounts = accounts
        tries = WrongCodes(store: site.runtime)
    }

    /// - Parameter use: checks and consumes the code; returns false when it is wrong.
    /// - Returns: false for a wrong code, and for any code of the app when the limit is reached.
    func take(
        _ code: EnteredCode, of member: MemberID, at now: Instant, _ use: () async throws -> Bool
    ) async throws -> Bool {
        if case .recovery = code { return try await use() }
        guard let spent = try tries.begin(member, at: now) else { return false }
        guard try await use() else {
            if spent.count >= WrongCodes.mailedFrom {
                try await accounts.noteWrongCodes(for: member, command: CommandID(at: now))
            }
            return false
        }
        try tries.takeBack(spent)
        return true
    }
}

extension SiteContext {
    /// Asks a member who has a second factor for a fresh code before an action that a borrowed session must not take. Checking consumes
    /// the code, so this must be the last check before the action.
    /// - Returns: false, with a note at the field.
    func requireFreshSecondFactor(_ form: inout Form, _ accounts: Accounts) async throws -> Bool {
        let member = try requireMember().id
        guard try accounts.member(member).active?.twoFactor != nil else { return true }
        guard let code = form.secondFactor() else { return false }
        let command = CommandID(at: now)
        let isRight = try await SecondFactor(accounts, visit.site).take(code, of: member, at: now) {
            do { try await accounts.useSecondFactor(of: member, code, command: command) } catch AccountRefusal.wrongCode
            {
                return false
            }
            return true
        }
        if !isRight { form.noteWrongCode() }
        return isRight
    }

    /// Whether the reader has a second factor, so that her forms ask for a code.
    func hasSecondFactor(_ accounts: Accounts) throws -> Bool {
        try accounts.member(requireMember().id).active?.twoFactor != nil
    }
}

extension FieldName {
    static let code: FieldName = "kod"
}

extension Form {
    /// The typed code, or nil with a note; it is never sent back to the page, since it is either used up or wrong.
    mutating func secondFactor() -> EnteredCode? {
        let typed = text(.code)
        forget(.code)
        if let code = EnteredCode(typed) { return code }
        note(
            typed.isEmpty
                ? "Skriv koden som appen visar, eller en återställningskod."
                : "En kod ur appen har sex siffror, en återställningskod tjugo.", at: .code)
        return nil
    }

    mutating func noteWrongCode() {
        note("Koden stämmer inte, eller så är den använd. Vänta tills appen visar nästa kod och skriv den.", at: .code)
    }
}

extension HTMLWriter {
    /// The field for the code.
    /// - Parameter isAsked: false for a reader without a second factor; then nothing is written.
    mutating func secondFactor(in form: Form, isAsked: Bool = true, label: String = "Kod ur din app") {
        guard isAsked else { return }
        // Never sent back to the page: a right code is used up.
        var form = form
        form.forget(.code)
        field(
            .code, label, in: form, .digits, hint: "Sex siffror. Har du inte appen? Skriv en återställningskod.",
            autocomplete: "one-time-code", maxLength: 40, isShort: true)
    }
}
