package import Events

/// The administration of members.
extension Address {
    package static let administration = Address("/admin", for: .moderators)
    package static let staffMembers = Address("/admin/medlemmar", for: .administrators)
    package static let staffSearch = Address("/admin/medlemmar/sok", for: .administrators)
    package static let staffFormerMembers = Address("/admin/medlemmar/avslutade", for: .administrators)
    package static let staffMember = Address("/admin/medlem/{id}", for: .administrators)
    package static let staffMemberData = Address(
        "/admin/medlem/{id}/uppgifter", for: .administrators, isConfidential: true)
    package static let staffNumber = Address(
        "/admin/medlem/{id}/personnummer", for: .administrators, isConfidential: true)
    package static let staffClose = Address("/admin/medlem/{id}/stang", for: .administrators)
    package static let staffDeactivate = Address("/admin/medlem/{id}/stang-av", for: .moderators)
    package static let staffEndSessions = Address("/admin/medlem/{id}/logga-ut", for: .administrators)
    package static let staffRestore = Address("/admin/medlem/{id}/aterskapa", for: .administrators)
    package static let staffHold = Address("/admin/medlem/{id}/bevara", for: .administrators, isConfidential: true)
    package static let staffTwoFactor = Address("/admin/medlem/{id}/tva-steg", for: .administrators)
    package static let staffTwoFactorResets = Address("/admin/tva-steg", for: .administrators)
    package static let staffAppeals = Address("/admin/omprovningar", for: .administrators)
    package static let staffAppeal = Address(
        "/admin/medlem/{id}/omprovning", for: .administrators, isConfidential: true)
    package static let staffReviews = Address("/admin/registreringar", for: .moderators)
    package static let staffReview = Address("/admin/registrering/{id}", for: .moderators, isConfidential: true)
    package static let staffCorrections = Address("/admin/rattelser", for: .administrators)
    package static let staffCorrection = Address("/admin/rattelse/{id}", for: .administrators)
    package static let staffCorrectionNumber = Address(
        "/admin/rattelse/{id}/personnummer", for: .administrators, isConfidential: true)

    static let staffAddresses: [Address] = [
        .administration, .staffMembers, .staffSearch, .staffFormerMembers, .staffMember, .staffMemberData, .staffNumber,
        .staffClose,
        .staffDeactivate, .staffEndSessions, .staffRestore, .staffHold, .staffTwoFactor, .staffTwoFactorResets,
        .staffAppeals, .staffAppeal, .staffReviews, .staffReview, .staffCorrections, .staffCorrection,
        .staffCorrectionNumber,
    ]
}

extension SiteLink {
    package static var administration: SiteLink { Address.administration.link() }
    package static func staffMembers(query: [QueryItem] = [], page: Int = 1) -> SiteLink {
        Address.staffMembers.link().with(query).page(page)
    }
    package static var staffSearch: SiteLink { Address.staffSearch.link() }
    package static var staffFormerMembers: SiteLink { Address.staffFormerMembers.link() }
    package static func staffMember(_ id: MemberID) -> SiteLink { Address.staffMember.link(id) }
    package static func staffMemberData(_ id: MemberID) -> SiteLink { Address.staffMemberData.link(id) }
    package static func staffNumber(_ id: MemberID) -> SiteLink { Address.staffNumber.link(id) }
    package static func staffClose(_ id: MemberID) -> SiteLink { Address.staffClose.link(id) }
    package static func staffDeactivate(_ id: MemberID) -> SiteLink { Address.staffDeactivate.link(id) }
    package static func staffEndSessions(_ id: MemberID) -> SiteLink { Address.staffEndSessions.link(id) }
    package static func staffRestore(_ id: MemberID) -> SiteLink { Address.staffRestore.link(id) }
    package static func staffHold(_ id: MemberID) -> SiteLink { Address.staffHold.link(id) }
    package static func staffTwoFactor(_ id: MemberID) -> SiteLink { Address.staffTwoFactor.link(id) }
    package static var staffTwoFactorResets: SiteLink { Address.staffTwoFactorResets.link() }
    package static var staffAppeals: SiteLink { Address.staffAppeals.link() }
    package static func staffAppeal(_ id: MemberID) -> SiteLink { Address.staffAppeal.link(id) }
    package static func staffReviews(page: Int = 1) -> SiteLink { Address.staffReviews.link().page(page) }
    package static func staffReview(_ id: MemberID) -> SiteLink { Address.staffReview.link(id) }
    package static func staffCorrections(page: Int = 1) -> SiteLink { Address.staffCorrections.link().page(page) }
    package static func staffCorrectionNumber(_ id: CorrectionID) -> SiteLink { Address.staffCorrectionNumber.link(id) }
    package static func staffCorrection(_ id: CorrectionID, after change: SettingsChange? = nil) -> SiteLink {
        Address.staffCorrection.link(id).with(.done, change?.rawValue)
    }
}
