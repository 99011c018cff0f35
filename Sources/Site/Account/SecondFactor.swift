import Accounts
import Events
import HTML
import Processes

/// Takes a member's code, within her budget of wrong ones. Everything that asks for a second factor asks here.
struct SecondFactor: Sendable {
    let accounts: Accounts
    let tries: WrongCodes

    init(_ accounts: Accounts, _ site: WebEnvironment) {
        self.accounts = accounts
        tries = WrongCodes(store: site.runtime)
    }

    /// - Parameter use: what takes the code; false when it is wrong.
    /// - Returns: false for a wrong code, and for any code of the app when the budget is spent.
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
    /// Asks a member who has a second factor for a fresh code before something that a borrowed session must not do. A right code is used up, so
    /// this is the last thing to ask before the deed.
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

    /// Whether the reader's forms ask for a code.
    func hasSecondFactor(_ accounts: Accounts) throws -> Bool {
        try accounts.member(requireMember().id).active?.twoFactor != nil
    }
}

extension FieldName {
    static let code: FieldName = "kod"
}

extension Form {
    /// The code that was typed, or nil and a note. It is never written back: it is used up, or wrong.
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
    /// Where a code is asked for.
    /// - Parameter isAsked: false for a reader without a second factor, to whom nothing is shown.
    mutating func secondFactor(in form: Form, isAsked: Bool = true, label: String = "Kod ur din app") {
        guard isAsked else { return }
        // Never written back: a code that was right is used up.
        var form = form
        form.forget(.code)
        field(
            .code, label, in: form, .digits, hint: "Sex siffror. Har du inte appen? Skriv en återställningskod.",
            autocomplete: "one-time-code", maxLength: 40, isShort: true)
    }
}
