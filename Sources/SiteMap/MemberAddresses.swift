package import Events

/// The member directory.
extension Address {
    package static let members = Address("/medlemmar", for: .members, past: .shown)
    package static let member = Address("/medlem/{id}", for: .members, past: .shown)

    static let memberAddresses: [Address] = [
        .members, .member,
    ]
}

extension SiteLink {
    package static func members(query: [QueryItem] = [], page: Int = 1) -> SiteLink {
        Address.members.link().with(query).page(page)
    }
    package static func member(_ id: MemberID) -> SiteLink { Address.member.link(id) }
}
