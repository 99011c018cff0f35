package import Events

/// Private messages and notifications.
extension Address {
    package static let conversations = Address("/meddelanden", for: .members, isConfidential: true)
    package static let newConversation = Address("/meddelanden/nytt", for: .members, isConfidential: true)
    package static let conversation = Address("/meddelanden/{id}", for: .members, isConfidential: true)
    package static let leaveConversation = Address("/meddelanden/{id}/lamna", for: .members)
    package static let muteConversation = Address("/meddelanden/{id}/tysta", for: .members)
    package static let blockedMembers = Address("/meddelanden/blockerade", for: .members)
    package static let reportMessage = Address("/meddelande/{id}/anmal", for: .members, isConfidential: true)
    package static let eraseMessage = Address("/meddelande/{id}/radera", for: .members)
    package static let restoreMessage = Address("/meddelande/{id}/angra", for: .members)
    package static let blockMember = Address("/medlem/{id}/blockera", for: .members)
    package static let notifications = Address("/aviseringar", for: .members)
    package static let notification = Address("/aviseringar/{position}", for: .members)
    package static let readNotifications = Address("/aviseringar/lasta", for: .members)
    package static let liveCounts = Address("/aviseringar/strom", for: .members)

    static let messageAddresses: [Address] = [
        .conversations, .newConversation, .conversation, .leaveConversation, .muteConversation, .blockedMembers,
        .reportMessage, .eraseMessage, .restoreMessage, .blockMember, .notifications, .notification, .readNotifications,
        .liveCounts,
    ]
}

extension SiteLink {
    package static func conversations(search words: String? = nil, page: Int = 1) -> SiteLink {
        Address.conversations.link().with("q", words).page(page)
    }
    package static func newConversation(with member: MemberID? = nil) -> SiteLink {
        Address.newConversation.link().with("till", member?.description)
    }
    /// A conversation; opens at its newest messages unless `page` or `message` is given.
    package static func conversation(_ id: ConversationID, page: Int? = nil, message: MessageID? = nil) -> SiteLink {
        Address.conversation.link(id).with("sida", page.map(String.init)).fragment(
            message.map { SiteLink.anchor(of: $0) })
    }
    package static func leaveConversation(_ id: ConversationID) -> SiteLink { Address.leaveConversation.link(id) }
    package static func muteConversation(_ id: ConversationID) -> SiteLink { Address.muteConversation.link(id) }
    package static var blockedMembers: SiteLink { Address.blockedMembers.link() }
    package static func reportMessage(_ id: MessageID) -> SiteLink { Address.reportMessage.link(id) }
    package static func eraseMessage(_ id: MessageID) -> SiteLink { Address.eraseMessage.link(id) }
    package static func restoreMessage(_ id: MessageID) -> SiteLink { Address.restoreMessage.link(id) }
    package static func blockMember(_ id: MemberID) -> SiteLink { Address.blockMember.link(id) }
    package static var notifications: SiteLink { Address.notifications.link() }
    package static func notificationList(page: Int) -> SiteLink { Address.notifications.link().page(page) }
    package static func notification(_ position: Int) -> SiteLink { Address.notification.link(position) }
    package static var readNotifications: SiteLink { Address.readNotifications.link() }
    package static var liveCounts: SiteLink { Address.liveCounts.link() }
}
