import Accounts
import Events
import HTML
import Processes

/// Parses the registration form into a `SignUpApplication`, or notes what is wrong at each field (P-06.1).
struct RegistrationForm: Sendable {
    enum NewsletterChoice: String { case yes, no }

    var fields: Form

    /// The versions whose texts the form showed.
    private var policy: CalendarDate? { fields.value(.policyVersion) }
    private var terms: CalendarDate? { fields.value(.termsVersion) }

    /// - Returns: nil when a field is wrong; `fields` then holds the messages.
    mutating func application(by rules: PolicyRules, today: CalendarDate) -> SignUpApplication? {
        guard let policy, let terms else {
            fields.note(RegistrationText.textsChanged, at: .policy)
            return nil
        }
        var form = SignUpForm()
        form.email = fields.text(.email)
        form.name = fields.text(.name)
        form.username = fields.text(.username)
        form.personalIdentityNumber = fields.text(.personalIdentityNumber)
        form.municipality = fields.text(.municipality)
        form.hasProtectedIdentity = fields.isChecked(.protectedIdentity)
        form.password = fields.typed(.password)
        form.acceptedPolicy = fields.isChecked(.policy) ? policy : nil
        form.acceptedTerms = fields.isChecked(.terms) ? terms : nil
        form.allowsRegisterLookup = fields.isChecked(.registerLookup)
        form.wantsNewsletter = fields.choice(.newsletter, of: NewsletterChoice.self).map { $0 == .yes }
        do {
            return try form.parsed(
                by: rules, today: today, wording: ConsentWording(policy: policy, terms: terms).hash)
        } catch {
            for problem in error.all { fields.note(RegistrationText.message(problem), at: problem.field) }
            return nil
        }
    }
}

extension SignUpForm.Problem {
    fileprivate var field: FieldName {
        switch self {
        case .email: .email
        case .name: .name
        case .username: .username
        case .personalIdentityNumber, .tooYoung: .personalIdentityNumber
        case .municipality: .municipality
        case .password: .password
        case .policyNotAccepted: .policy
        case .termsNotAccepted: .terms
        case .newsletterNotAnswered: .newsletter
        }
    }
}
