package import Events

/// Moderation of threads and posts.
extension Address {
    package static let moderateThread = Address("/trad/{id}/moderera", for: .moderators)
    package static let eraseTitle = Address("/trad/{id}/radera-rubriken", for: .moderators)
    package static let removePost = Address("/inlagg/{id}/ta-bort", for: .moderators)
    package static let reinstatePost = Address("/inlagg/{id}/aterstall", for: .moderators)
    package static let erasePostForGood = Address("/inlagg/{id}/radera-for-gott", for: .moderators)
    package static let moderationQueue = Address("/admin/ko", for: .moderators)
    package static let staffReportedMessages = Address("/admin/anmalda-meddelanden", for: .moderators)
    package static let staffReportedMessage = Address(
        "/admin/anmalt-meddelande/{id}", for: .moderators, isConfidential: true)
    package static let staffMessageNumbers = Address(
        "/admin/anmalt-meddelande/{id}/personnummer", for: .administrators, isConfidential: true)
    package static let staffCategories = Address("/admin/kategorier", for: .administrators)
    package static let staffCategory = Address("/admin/kategori/{id}", for: .administrators)

    static let moderationAddresses: [Address] = [
        .moderateThread, .eraseTitle, .removePost, .reinstatePost, .erasePostForGood, .moderationQueue,
        .staffReportedMessages, .staffReportedMessage, .staffMessageNumbers, .staffCategories, .staffCategory,
    ]
}

extension SiteLink {
    package static func moderateThread(_ id: ThreadID) -> SiteLink { Address.moderateThread.link(id) }
    package static func eraseTitle(of thread: ThreadID) -> SiteLink { Address.eraseTitle.link(thread) }
    package static func removePost(_ id: PostID) -> SiteLink { Address.removePost.link(id) }
    package static func reinstatePost(_ id: PostID) -> SiteLink { Address.reinstatePost.link(id) }
    package static func erasePostForGood(_ id: PostID) -> SiteLink { Address.erasePostForGood.link(id) }
    package static func moderationQueue(page: Int = 1, after change: CaseChange? = nil) -> SiteLink {
        Address.moderationQueue.link().with(.done, change?.rawValue).page(page)
    }
    package static func staffReportedMessages(page: Int = 1) -> SiteLink {
        Address.staffReportedMessages.link().page(page)
    }
    package static func staffReportedMessage(_ id: MessageID) -> SiteLink { Address.staffReportedMessage.link(id) }
    package static func staffMessageNumbers(_ id: MessageID) -> SiteLink { Address.staffMessageNumbers.link(id) }
    package static var staffCategories: SiteLink { Address.staffCategories.link() }
    package static func staffCategory(_ id: CategoryID) -> SiteLink { Address.staffCategory.link(id) }
}
