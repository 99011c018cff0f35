package import Accounts
package import Events

extension SignUpForm {
    /// The input of an applicant who declines the newsletter.
    package init(
        _ username: String, name: String = "Moa Hallin", email: String? = nil, number: String,
        municipality: String = "0380", password: String
    ) {
        self.init()
        self.username = username
        self.name = name
        self.email = email ?? "\(username)@example.org"
        personalIdentityNumber = number
        self.municipality = municipality
        self.password = password
        wantsNewsletter = false
    }
}

extension Accounts {
    /// Signs up with both texts in force accepted.
    package func signUp(_ form: SignUpForm, at time: Instant, command: CommandID? = nil) async throws -> MemberID {
        let policy = try policyInForce(at: time)
        var form = form
        form.acceptedPolicy = policy.version
        form.acceptedTerms = try termsInForce(at: time).version
        let application = try form.parsed(by: policy.rules, today: time.stockholmDate, wording: TextHash(of: "test"))
        return try await signUp(application, command: command ?? CommandID(at: time))
    }

    /// Signs up and confirms the address.
    package func join(_ form: SignUpForm, at time: Instant, as role: Role? = nil) async throws -> MemberID {
        let member = try await signUp(form, at: time)
        _ = try await confirm(member, linkMadeAt: time, command: CommandID(at: time))
        if let role { try await grantRole(role, to: member, by: .operator, command: CommandID(at: time)) }
        return member
    }
}

extension ScryptCost {
    /// Too cheap for production; for tests only.
    package static let quick = ScryptCost(logarithm: 4)
}
