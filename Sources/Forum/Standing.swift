package import Events

/// A role in the forum. The caller of a command supplies it; this module does not know accounts.
package enum ForumRole: String, ClosedCode, CaseIterable {
    case member, moderator, administrator

    /// May close, move and pin threads and remove posts.
    var moderates: Bool {
        switch self {
        case .member: false
        case .moderator, .administrator: true
        }
    }

    /// May create, describe, order and close categories.
    var administers: Bool {
        switch self {
        case .member, .moderator: false
        case .administrator: true
        }
    }
}

/// A member together with the role in which she acts.
package struct Standing: Hashable, Sendable {
    package let member: MemberID
    package let role: ForumRole

    package init(_ member: MemberID, as role: ForumRole = .member) {
        self.member = member
        self.role = role
    }

    /// Requires a moderator's role and that another member wrote the post (P-08.2); every measure against a post calls this.
    func requireModeration(of post: Post) throws(ForumRefusal) { try requireModeration(ofTextBy: post.facts?.author) }

    /// Requires a moderator's role and that another member opened the thread (P-08.2).
    func requireModeration(of thread: ForumThread) throws(ForumRefusal) {
        try requireModeration(ofTextBy: thread.facts?.author)
    }

    private func requireModeration(ofTextBy author: MemberID?) throws(ForumRefusal) {
        guard role.moderates else { throw .notAllowed }
        guard author != member else { throw .ownMatter }
    }
}
