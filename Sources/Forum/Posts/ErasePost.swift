package import Events

/// Why one text alone is made unreadable for good.
package enum TextErasureReason: String, ClosedCode, CaseIterable {
    case personalData = "personal-data"
    case unlawful
    /// A court or an authority has ordered it.
    case authority
    case authorsRequest = "authors-request"
}

/// A moderator has a post erased, with all its revisions. Unlike a removal it cannot be undone.
struct ErasePost {
    let reason: TextErasureReason
    let fence: FenceID
    let standing: Standing

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        guard standing.role.moderates else { throw .notAllowed }
        switch post {
        case .none: throw .noSuchPost
        case .visible(let facts), .deleted(let facts), .removed(let facts, _):
            return [.postErased(facts.id, fence: fence, reason)]
        case .erased: return []
        }
    }
}

extension Forum {
    package func erase(
        _ post: PostID, because reason: TextErasureReason, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        let erasure = Erasure(fence: FenceID(createdBy: command), .subjects([Subject(.post, post)]))
        return try await perform(command, by: standing, erasing: erasure) { reading in
            try ErasePost(reason: reason, fence: erasure.fence, standing: standing).decide(
                given: reading.state(of: StreamName(post)))
        }
    }
}
