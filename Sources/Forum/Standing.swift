package import Events

/// What somebody may do in the forum. Whoever runs a command says it; this module does not know accounts.
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

    /// Asked by everything that moderators do to a post: the role has to be enough, and the text somebody else's (P-08.2).
    func requireModeration(of post: Post) throws(ForumRefusal) { try requireModeration(ofTextBy: post.facts?.author) }

    /// The same for a thread.
    func requireModeration(of thread: ForumThread) throws(ForumRefusal) {
        try requireModeration(ofTextBy: thread.facts?.author)
    }

    private func requireModeration(ofTextBy author: MemberID?) throws(ForumRefusal) {
        guard role.moderates else { throw .notAllowed }
        guard author != member else { throw .ownMatter }
    }
}
