package import Events

/// The newsletter.
extension Address {
    package static let newsletterArchive = Address("/nyhetsbrev")
    package static let newsletterIssue = Address("/nyhetsbrev/{id}")
    package static let newsletter = Address("/admin/nyhetsbrev", for: .administrators)
    package static let newIssue = Address("/admin/nyhetsbrev/nytt", for: .administrators)
    package static let staffIssue = Address("/admin/nyhetsbrev/{id}", for: .administrators)

    static let newsletterAddresses: [Address] = [
        .newsletterArchive, .newsletterIssue, .newsletter, .newIssue, .staffIssue,
    ]
}

extension SiteLink {
    package static func newsletterArchive(page: Int = 1) -> SiteLink { Address.newsletterArchive.link().page(page) }
    package static func newsletterIssue(_ id: IssueID) -> SiteLink { Address.newsletterIssue.link(id) }
    package static func newsletter(page: Int = 1) -> SiteLink { Address.newsletter.link().page(page) }
    package static var newIssue: SiteLink { Address.newIssue.link() }
    package static func staffIssue(_ id: IssueID, after change: IssueChange? = nil) -> SiteLink {
        Address.staffIssue.link(id).with(.done, change?.rawValue)
    }
}
