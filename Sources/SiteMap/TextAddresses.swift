package import Events

/// The start page and the published texts of the site.
extension Address {
    package static let start = Address("/", past: .shown)
    package static let information = Address("/information")
    package static let privacyPolicy = Address("/integritetspolicy", gate: .open, past: .shown)
    package static let privacyPolicyVersion = Address("/integritetspolicy/{version}", gate: .open, past: .shown)
    package static let privacyPolicyChanges = Address("/integritetspolicy/andringar", gate: .open, past: .shown)
    package static let publicConformance = Address("/integritetspolicy/efterlevnad", gate: .open)
    package static let memberTerms = Address("/medlemsvillkor", gate: .open, past: .shown)
    package static let memberTermsVersion = Address("/medlemsvillkor/{version}", gate: .open, past: .shown)
    package static let memberTermsChanges = Address("/medlemsvillkor/andringar", gate: .open, past: .shown)
    package static let cookies = Address("/kakor", gate: .open)
    package static let accessibility = Address("/tillganglighet", gate: .open)
    package static let about = Address("/om", gate: .open)

    static let textAddresses: [Address] = [
        .start, .information, .privacyPolicy, .privacyPolicyVersion, .privacyPolicyChanges, .publicConformance,
        .memberTerms, .memberTermsVersion, .memberTermsChanges, .cookies, .accessibility, .about,
    ]
}

extension SiteLink {
    package static var start: SiteLink { Address.start.link() }
    package static var information: SiteLink { Address.information.link() }
    package static func privacyPolicy(version: String? = nil) -> SiteLink {
        version.map { Address.privacyPolicyVersion.link($0) } ?? Address.privacyPolicy.link()
    }
    package static func privacyPolicyChanges(from: String? = nil, to: String? = nil) -> SiteLink {
        Address.privacyPolicyChanges.link().with("fran", from).with("till", to)
    }
    package static var publicConformance: SiteLink { Address.publicConformance.link() }
    package static func memberTerms(version: String? = nil) -> SiteLink {
        version.map { Address.memberTermsVersion.link($0) } ?? Address.memberTerms.link()
    }
    package static func memberTermsChanges(from: String? = nil, to: String? = nil) -> SiteLink {
        Address.memberTermsChanges.link().with("fran", from).with("till", to)
    }
    package static var cookies: SiteLink { Address.cookies.link() }
    package static var accessibility: SiteLink { Address.accessibility.link() }
    package static var about: SiteLink { Address.about.link() }
}
