import Accounts
import Events
import Hummingbird
import Processes
import SiteMap
import Web

/// The pages by which somebody becomes a member, comes in, goes out and gets a new password.
struct AccountController: Sendable {
    let application: Application
    let tokens: OneTimeTokens
    let signIns: SignInRecords
    /// Where a member must go before anything else after signing in, as when a new policy asks for an answer (P-01.3).
    let gate: @Sendable (MemberID) async throws -> SiteLink?

    init(
        application: Application, runtime: RuntimeStore,
        gate: @escaping @Sendable (MemberID) async throws -> SiteLink? = { _ in nil }
    ) throws {
        self.application = application
        tokens = OneTimeTokens(store: runtime)
        signIns = try SignInRecords(store: runtime)
        self.gate = gate
    }

    func add(to routes: inout Routes) {
        routes.get(.register, showRegister)
        routes.post(.register, limit: .register, register)
        routes.get(.confirm, showConfirm)
        routes.post(.confirm, confirm)
        routes.get(.signIn, showSignIn)
        // The handler spends: what counts depends on device and account (SignInBudget).
        routes.post(.signIn, limit: nil, size: FormLimit.carrying, repetition: .handled, signIn)
        routes.get(.signInCode, showSignInCode)
        // Tries are counted by what the right password began: strangers in the same network do not keep its owner out.
        routes.post(.signInCode, size: FormLimit.carrying, repetition: .handled, signInWithCode)
        routes.get(.signOut, showSignOut)
        routes.post(.signOut, repetition: .handled, signOut)
        routes.get(.forgottenPassword, showForgottenPassword)
        routes.post(.forgottenPassword, limit: .mail, requestNewPassword)
        routes.get(.newPassword, showNewPassword)
        routes.post(.newPassword, setNewPassword)
    }
}

extension AccountController {
    /// What a link from a mail is good for; what is no token is like one that was never made.
    func link(_ context: SiteContext, for purpose: OneTimeTokens.Purpose) throws -> MailedLink {
        guard let token = SecretToken(try context.place("token")) else { return .broken(.unknown) }
        switch try tokens.state(of: token, for: purpose, at: context.now) {
        case .valid(let member): return .valid(token, member)
        case .used: return .broken(.used)
        case .expired: return .broken(.expired)
        case .unknown: return .broken(.unknown)
        }
    }

    func unlessOverloaded<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await SiteContext.unlessOverloaded(body)
    }
}

extension SiteContext {
    /// Does the slow part of a command; when too many others are waiting for it, says so.
    static func unlessOverloaded<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch is PasswordHasher.Overloaded {
            throw PageError.unavailable
        }
    }
}

/// A one-time link as somebody followed it.
enum MailedLink {
    enum Fault: Sendable { case used, expired, unknown }

    case valid(SecretToken, MemberID)
    case broken(Fault)
}
