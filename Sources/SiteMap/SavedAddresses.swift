package import Events

/// What a member keeps for herself: bookmarks and drafts.
extension Address {
    package static let bookmarks = Address("/sparat", for: .members, isConfidential: true)
    package static let bookmark = Address("/sparat/{id}", for: .members, isConfidential: true)
    package static let removeBookmark = Address("/sparat/{id}/ta-bort", for: .members)
    package static let drafts = Address("/utkast", for: .members, isConfidential: true)
    package static let removeDraft = Address("/utkast/ta-bort", for: .members)

    static let savedAddresses: [Address] = [.bookmarks, .bookmark, .removeBookmark, .drafts, .removeDraft]
}

extension SiteLink {
    package static func bookmarks(page: Int = 1) -> SiteLink { Address.bookmarks.link().page(page) }
    /// The page of one bookmark, where its note is changed.
    package static func bookmark(_ post: PostID) -> SiteLink { Address.bookmark.link(post) }
    package static func removeBookmark(_ post: PostID) -> SiteLink { Address.removeBookmark.link(post) }
    package static var drafts: SiteLink { Address.drafts.link() }
    package static var removeDraft: SiteLink { Address.removeDraft.link() }
}
