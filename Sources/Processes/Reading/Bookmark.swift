package import Events

/// A post that a member has marked to find it again (P-06.4).
package struct Bookmark: Hashable, Sendable {
    package let post: PostID
    /// The member's own words, visible to her only; empty without a note.
    package let note: String
    package let saved: Instant

    /// The most bookmarks of one member.
    package static let most = 1000
    /// The longest note, in characters.
    package static let longestNote = 500
}

/// Why a draft or a bookmark is not saved.
package enum SavingRefusal: Error, Hashable {
    case tooManyDrafts
    case draftTooLong
    case tooManyBookmarks
    case noteTooLong
    /// The member is erased, or this process does not serve the site.
    case unavailable
}
