package import Events

extension FieldName {
    static let email: FieldName = "email"
    package static let name: FieldName = "name"
    static let username: FieldName = "username"
    static let personalIdentityNumber: FieldName = "personnummer"
    static let password: FieldName = "password"
    static let policy: FieldName = "policy"
    static let terms: FieldName = "terms"
    static let policyVersion: FieldName = "policy-version"
    static let termsVersion: FieldName = "terms-version"
    static let protectedIdentity: FieldName = "protected-identity"
    static let registerLookup: FieldName = "register-lookup"
    static let newsletter: FieldName = "newsletter"
    /// E-mail address or username.
    static let identifier: FieldName = "identifier"
}
