import Accounts
import Events
import Forum
import Projections

extension AccessReading {
    /// The member's threads with every title they had.
    func threads() throws -> [ReportRecord] {
        try views.threads.ids(by: id, limit: .max).map { thread in
            let events = try application.log.events(in: StreamName(thread))
            let erased = try events.last { event in
                if case .titleErased? = try ThreadEvent.decode(event) { true } else { false }
            }?.time
            return [
                .id: .text(thread.description), .openedAt: .optional(events.first?.time),
                .titles: .list(try events.compactMap { try title($0, erasedAt: erased) }),
            ]
        }
    }

    private func title(_ event: RecordedEvent, erasedAt act: Instant?) throws -> ReportRecord? {
        guard let title = try ThreadEvent.decode(event)?.title else { return nil }
        return [
            .title: .optional(act == nil ? title.value?.text : nil), .time: .time(event.time),
            .actor: actor(event.actor),
            .erasedAt: try erasedAt(title.value == nil ? event.subject : nil, saidAt: act),
        ]
    }

    /// The member's posts with every revision.
    func posts() throws -> [ReportRecord] {
        try views.posts.ids(by: id, limit: .max).compactMap { post in
            guard let history = try application.forum.post(post), let facts = history.post.facts else { return nil }
            let erased = history.revisions.firstIndex { $0.body.value == nil }.map { facts.subjects[$0] }
            let act = erased == nil ? nil : try lastErasure(of: post)
            return [
                .id: .text(post.description), .thread: .text(facts.thread.description),
                .publishedAt: .optional(history.revisions.first?.time), .state: history.post.standing,
                .removalReason: history.post.reasonOfRemoval,
                .erasedAt: try erasedAt(erased, saidAt: act),
                .revisions: .list(
                    try history.revisions.map { revision in
                        [
                            .number: .number(revision.number), .time: .time(revision.time),
                            .state: facts.deletedRevisions[revision.number] == nil
                                ? .missing : .code("deleted", "du har tagit bort det"),
                            .text: .optional(try revision.body.value.map(text)),
                        ]
                    }),
            ]
        }
    }

    /// When an event last said that a text of the post is erased.
    private func lastErasure(of post: PostID) throws -> Instant? {
        try application.log.events(in: StreamName(post)).last { event in
            switch try PostEvent.decode(event) {
            case .erased, .deletionCompleted, .revisionDeletionCompleted: true
            default: false
            }
        }?.time
    }

    /// The text as its author typed it; a mentioned member is named only while members can see her name.
    private func text(of body: PostBody) throws -> String {
        let names = try views.members.usernames(of: body.mentions)
        return body.editable { names[$0] }
    }
}

extension Post {
    fileprivate var standing: ReportValue {
        switch self {
        case .none: .missing
        case .visible: .code("visible", "syns")
        case .deleted: .code("deleted", "du har tagit bort det")
        case .removed: .code("removed", "borttaget av en moderator")
        case .erased: .code("erased", "raderat för gott")
        }
    }

    fileprivate var reasonOfRemoval: ReportValue {
        if case .removed(_, let reason) = self { .code(reason.rawValue, reason.words) } else { .missing }
    }
}
