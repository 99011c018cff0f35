package import Events

/// All titles that a thread has had, decrypted from the log for one reader. The caller checks whether the reader may see them.
package struct ThreadTitles: Sendable {
    package let author: MemberID
    /// The first post, which was written together with the first title.
    package let first: PostID
    /// Oldest first.
    package let revisions: [(title: Personal<ThreadTitle>, time: Instant)]
    package let isErased: Bool
}

extension Forum {
    /// Nil when there is no such thread.
    package func titles(of id: ThreadID) throws -> ThreadTitles? {
        var thread = ForumThread.initial
        var revisions: [(title: Personal<ThreadTitle>, time: Instant)] = []
        for event in try log.events(in: StreamName(id)) {
            guard let known = try ForumEvent.decode(event) else { continue }
            thread.evolve(known, at: event.time)
            switch known {
            case .threadOpened(_, _, _, _, let title), .threadRetitled(_, _, let title):
                revisions.append((title, event.time))
            case .categoryCreated, .categoryDescribed, .categoryClosed, .categoryReopened, .categoriesOrdered,
                .threadClosed, .threadReopened, .threadMoved, .threadPinned, .threadUnpinned, .threadTitleErased,
                .postPublished, .postRevised, .postDeleted, .postRemoved, .postReinstated, .postErased:
                break
            }
        }
        guard let facts = thread.facts else { return nil }
        let isErased = facts.title == .erased
        return ThreadTitles(
            author: facts.author, first: facts.first,
            revisions: isErased ? revisions.map { (.erased, $0.time) } : revisions, isErased: isErased)
    }
}
