package import Events

/// The sign-up form as received: every field is unvalidated text (P-06.1).
package struct SignUpForm: Sendable {
    package var email = ""
    package var name = ""
    package var username = ""
    package var personalIdentityNumber = ""
    /// Empty when none is given.
    package var municipality = ""
    /// The box for a protected identity. A municipality and a consent to look-ups that were given too are left out (P-07.1).
    package var hasProtectedIdentity = false
    package var password = ""
    /// The versions whose boxes were ticked; nil for an unticked box (P-01.1).
    package var acceptedPolicy: CalendarDate?
    package var acceptedTerms: CalendarDate?
    /// A separate box, not needed to become a member (P-07.2).
    package var allowsRegisterLookup = false
    /// Nil when neither yes nor no was chosen (P-15.2).
    package var wantsNewsletter: Bool?

    package init() {}

    package enum Problem: Error, Hashable, Sendable {
        case email(EmailAddress.Problem)
        case name(PersonName.Problem)
        case username(Username.Problem)
        case personalIdentityNumber(PersonalIdentityNumber.Problem)
        case tooYoung(minimumAge: Int)
        case municipality
        case password(Password.Problem)
        case policyNotAccepted
        case termsNotAccepted
        case newsletterNotAnswered
    }

    /// All problems with the form, in the order of its fields.
    package struct Problems: Error, Hashable, Sendable {
        package let all: [Problem]
    }

    /// - Parameters:
    ///   - rules: of the policy in force.
    ///   - wording: hash of the form's wording, as it was shown.
    package func parsed(
        by rules: PolicyRules, today: CalendarDate, wording: TextHash
    ) throws(Problems) -> SignUpApplication {
        let reading = Reading()
        let email = reading.value(Problem.email) { () throws(EmailAddress.Problem) in try EmailAddress(self.email) }
        let name = reading.value(Problem.name) { () throws(PersonName.Problem) in try PersonName(self.name) }
        let username = reading.value(Problem.username) { () throws(Username.Problem) in try Username(self.username) }
        let number = reading.value(Problem.personalIdentityNumber) { () throws(PersonalIdentityNumber.Problem) in
            try PersonalIdentityNumber(personalIdentityNumber, today: today)
        }
        let minimumAge = rules.registration.joiningAge
        if let number, number.birthDate.wholeYears(until: today) < minimumAge {
            reading.note(.tooYoung(minimumAge: minimumAge))
        }
        let municipality = readMunicipality(reading)
        let names = [username?.text, email?.localPart].compactMap(\.self)
        let password = reading.value(Problem.password) { () throws(Password.Problem) in
            try Password(self.password, by: PasswordRules(rules, names: names))
        }
        let policy = reading.required(acceptedPolicy, else: .policyNotAccepted)
        let terms = reading.required(acceptedTerms, else: .termsNotAccepted)
        let newsletter = reading.required(wantsNewsletter, else: .newsletterNotAnswered)
        guard reading.problems.isEmpty, let email, let name, let username, let number, let password, let policy,
            let terms, let newsletter
        else { throw Problems(all: reading.problems) }
        return SignUpApplication(
            email: email, identity: Identity(name: name, number: number, username: username),
            municipality: municipality, identityProtection: hasProtectedIdentity ? .protected : .ordinary,
            password: password, policy: policy, terms: terms,
            allowsRegisterLookup: allowsRegisterLookup && !hasProtectedIdentity, wantsNewsletter: newsletter,
            wording: wording)
    }

    private func readMunicipality(_ reading: Reading) -> Municipality? {
        guard !hasProtectedIdentity, !municipality.isEmpty else { return nil }
        return reading.required(Municipality(code: municipality), else: .municipality)
    }
}

/// Collects problems instead of stopping at the first.
private final class Reading {
    private(set) var problems: [SignUpForm.Problem] = []

    func note(_ problem: SignUpForm.Problem) { problems.append(problem) }

    func value<Value, Failure>(
        _ problem: (Failure) -> SignUpForm.Problem, _ read: () throws(Failure) -> Value
    ) -> Value? {
        do { return try read() } catch {
            note(problem(error))
            return nil
        }
    }

    func required<Value>(_ value: Value?, else problem: SignUpForm.Problem) -> Value? {
        if value == nil { note(problem) }
        return value
    }
}
