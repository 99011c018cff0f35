import Accounts
import Events
import HTML
import Hummingbird
import Processes

extension SiteContext {
    /// Asks for the password again, before an action that a borrowed browser must not take.
    /// - Returns: false for a wrong password, with a note at the field.
    func reauthenticate(_ form: inout Form, _ accounts: Accounts) async throws -> Bool {
        let member = try requireMember().id
        let password = form.typed(.password)
        guard !password.isEmpty else {
            form.note("Skriv ditt lösenord.", at: .password)
            return false
        }
        do {
            try await SiteContext.unlessOverloaded {
                try await accounts.reauthenticate(member, with: EnteredPassword(password))
            }
            return true
        } catch AccountRefusal.wrongPassword {
            form.note("Lösenordet stämmer inte.", at: .password)
            return false
        }
    }
}
