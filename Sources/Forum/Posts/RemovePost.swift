package import Events

/// The rule that a removed post broke, as named in a statement of reasons (DSA Art. 17).
package enum RemovalReason: String, ClosedCode, CaseIterable {
    case spam
    case personalData = "personal-data"
    case unlawful, abuse
    case offTopic = "off-topic"
    case other
}

/// A moderator removes a post, also one that its author has deleted: she cannot show it again.
struct RemovePost {
    let reason: RemovalReason
    let standing: Standing

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: post)
        switch post {
        case .none: throw .noSuchPost
        case .visible(let facts), .deleted(let facts): return [.post(.removed(facts.id, reason))]
        case .removed: throw .postRemoved
        case .erased: throw .postErased
        }
    }
}

/// A moderator undoes a removal, as after an appeal.
struct ReinstatePost {
    let standing: Standing

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: post)
        switch post {
        case .none: throw .noSuchPost
        case .visible: return []
        case .deleted: throw .postDeleted
        case .removed(let facts, _): return [.post(.reinstated(facts.id))]
        case .erased: throw .postErased
        }
    }
}

extension Forum {
    /// - Parameter causation: the position of the event that caused the removal, such as the decision in a case.
    package func remove(
        _ post: PostID, for reason: RemovalReason, by standing: Standing, command: CommandID,
        because causation: Int? = nil
    ) async throws -> Appended {
        try await execute(command, by: standing, because: causation) { reading in
            try RemovePost(reason: reason, standing: standing).decide(given: reading.state(of: StreamName(post)))
        }
    }

    package func reinstate(
        _ post: PostID, by standing: Standing, command: CommandID, because causation: Int? = nil
    ) async throws -> Appended {
        try await execute(command, by: standing, because: causation) { reading in
            try ReinstatePost(standing: standing).decide(given: reading.state(of: StreamName(post)))
        }
    }
}
