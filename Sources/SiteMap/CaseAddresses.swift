package import Events

/// Cases: contact, reports, disputes and rights.
extension Address {
    package static let contact = Address("/kontakt", gate: .open)
    package static let report = Address("/anmal", gate: .open)
    package static let rights = Address("/mina-rattigheter", gate: .open, isConfidential: true)
    package static let ownCases = Address("/arenden", for: .members, gate: .open, isConfidential: true)
    package static let openDispute = Address("/arenden/tvist", for: .members)
    package static let ownCase = Address("/arenden/{id}", for: .members, gate: .open, isConfidential: true)
    package static let caseByLink = Address("/arende/{id}/{token}", gate: .open)
    package static let caseReport = Address("/arende/{id}/utdrag/{token}", gate: .open)
    package static let staffCases = Address("/admin/arenden", for: .administrators)
    package static let staffCase = Address("/admin/arende/{id}", for: .moderators, isConfidential: true)
    package static let staffCaseMail = Address(
        "/admin/arende/{id}/mejl/{number}", for: .moderators, isConfidential: true)

    package static let staffCaseNumbers = Address(
        "/admin/arende/{id}/personnummer", for: .moderators, isConfidential: true)

    static let caseAddresses: [Address] = [
        .contact, .report, .rights, .ownCases, .openDispute, .ownCase, .caseByLink, .caseReport, .staffCases,
        .staffCase, .staffCaseMail, .staffCaseNumbers,
    ]
}

extension SiteLink {
    package static var contact: SiteLink { Address.contact.link() }
    /// The form for saying that another person has used one's personal identity number.
    package static var contactAboutNumber: SiteLink { Address.contact.link().with("galler", "personnummer") }
    package static var contactSent: SiteLink { Address.contact.link().with(.done, CaseChange.sent.rawValue) }
    package static func report(_ post: PostID? = nil) -> SiteLink {
        Address.report.link().with("inlagg", post?.description)
    }
    package static var reportSent: SiteLink { Address.report.link().with(.done, CaseChange.sent.rawValue) }
    package static var rights: SiteLink { Address.rights.link() }
    package static var ownCases: SiteLink { Address.ownCases.link() }
    package static func openDispute(query: [QueryItem] = []) -> SiteLink {
        Address.openDispute.link().with(query)
    }
    package static func ownCase(_ id: CaseID, after change: CaseChange? = nil) -> SiteLink {
        Address.ownCase.link(id).with(.done, change?.rawValue)
    }
    package static func caseByLink(_ id: CaseID, token: String, after change: CaseChange? = nil) -> SiteLink {
        Address.caseByLink.link(id, token).with(.done, change?.rawValue)
    }
    package static func caseReport(_ id: CaseID, token: String) -> SiteLink { Address.caseReport.link(id, token) }
    package static func staffCases(show filter: CaseFilter = .due, page: Int = 1) -> SiteLink {
        Address.staffCases.link().with(.filter, filter == .due ? nil : filter.rawValue).page(page)
    }
    package static func staffCaseNumbers(_ id: CaseID) -> SiteLink { Address.staffCaseNumbers.link(id) }
    package static func staffCase(_ id: CaseID, after change: CaseChange? = nil) -> SiteLink {
        Address.staffCase.link(id).with(.done, change?.rawValue)
    }
    /// A mail of the case as received, by its number within the case.
    package static func staffCaseMail(_ id: CaseID, _ number: Int) -> SiteLink {
        Address.staffCaseMail.link(id, number)
    }
}
