import Accounts
import Events
import HTML
import Hummingbird
import Processes

extension SiteContext {
    /// Asks the password once more, as before anything that a borrowed browser should not do.
    /// - Returns: false, and notes it at the field, when it is another one.
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
