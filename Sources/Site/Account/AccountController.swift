import Accounts
import Events
import Hummingbird
import Processes
import SiteMap
import Web

/// The pages for registering, signing in and out, and choosing a new password.
struct AccountController: Sendable {
    let application: Application
    let tokens: OneTimeTokens
    let signIns: SignInRecords
    let confirmedSignUps: ConfirmedSignUps
    /// The page a member must visit right after signing in, such as a new policy to answer (P-01.3); nil when there is none.
    let gate: @Sendable (MemberID) async throws -> SiteLink?

    init(
        application: Application, runtime: RuntimeStore,
        gate: @escaping @Sendable (MemberID) async throws -> SiteLink? = { _ in nil }
    ) throws {
        self.application = application
        tokens = OneTimeTokens(store: runtime)
        confirmedSignUps = ConfirmedSignUps(store: runtime)
        signIns = try SignInRecords(store: runtime)
        self.gate = gate
    }

    func add(to routes: inout Routes) {
        routes.get(.register, showRegister)
        routes.post(.register, limit: .register, register)
        routes.get(.confirm, showConfirm)
        routes.post(.confirm, confirm)
        routes.get(.signIn, showSignIn)
        // The handler takes from the limits itself: which ones apply depends on device and account (`SignInBudget`).
        routes.post(.signIn, limit: nil, size: FormLimit.carrying, repetition: .handled, signIn)
        routes.get(.signInCode, showSignInCode)
        // Attempts are counted per sign-in begun with the right password, so others in the same network cannot lock the owner out.
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
    /// The state of a mailed link; a malformed token counts as unknown.
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
    /// Runs `body`; throws `PageError.unavailable` when the password hasher is overloaded.
    static func unlessOverloaded<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch is PasswordHasher.Overloaded {
            throw PageError.unavailable
        }
    }
}

/// A one-time link that was followed.
enum MailedLink {
    enum Fault: Sendable { case used, expired, unknown }

    case valid(SecretToken, MemberID)
    case broken(Fault)
}
