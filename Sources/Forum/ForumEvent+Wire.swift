package import Events

extension ForumEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .categoryCreated(let id, let audience, let text):
            event(.categoryCreated, sealing: text.sealed(for: id)) { $0.write(.audience, audience) }
        case .categoryDescribed(let id, let text): event(.categoryDescribed, sealing: text.sealed(for: id))
        case .categoryClosed: event(.categoryClosed)
        case .categoryReopened: event(.categoryReopened)
        case .categoriesOrdered(let categories): event(.categoriesOrdered, .categories, categories)
        case .threadOpened(let id, let category, let author, let first, let title):
            event(.threadOpened, sealing: title.sealed(for: id, by: author)) {
                $0.write(.author, author)
                $0.write(.category, category)
                $0.write(.first, first)
            }
        case .threadRetitled(let id, let author, let title):
            event(.threadRetitled, sealing: title.sealed(for: id, by: author)) { $0.write(.author, author) }
        case .threadClosed: event(.threadClosed)
        case .threadReopened: event(.threadReopened)
        case .threadMoved(_, let from, let to):
            event(.threadMoved) {
                $0.write(.from, from)
                $0.write(.to, to)
            }
        case .threadPinned: event(.threadPinned)
        case .threadUnpinned: event(.threadUnpinned)
        case .threadTitleErased(_, let fence, let reason):
            event(.threadTitleErased, TextErasure(fence: fence, reason: reason))
        case .postPublished(let id, let thread, let author, let body):
            event(
                .postPublished, sealing: body.sealed(for: id, by: author),
                PostPublication(author: author, references: PostReferences(of: body), thread: thread))
        case .postRevised(let id, let author, let revision, let body):
            event(
                .postRevised, sealing: body.sealed(for: id, by: author),
                PostRevision(author: author, references: PostReferences(of: body), revision: revision))
        case .postDeleted: event(.postDeleted)
        case .postRemoved(_, let reason): event(.postRemoved, .reason, reason)
        case .postReinstated: event(.postReinstated)
        case .postErased(_, let fence, let reason): event(.postErased, TextErasure(fence: fence, reason: reason))
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> ForumEvent? {
        try ForumEventName(event).map { try ForumEvent($0, event) }
    }

    package init(_ name: ForumEventName, _ event: RecordedEvent) throws {
        switch name {
        case .categoryCreated:
            self = .categoryCreated(try event.id(), try event.clear(.audience), try event.personal())
        case .categoryDescribed: self = .categoryDescribed(try event.onlyID(), try event.personal())
        case .categoryClosed: self = .categoryClosed(try event.onlyID())
        case .categoryReopened: self = .categoryReopened(try event.onlyID())
        case .categoriesOrdered: self = .categoriesOrdered(try event.clear(.categories))
        case .threadOpened:
            let (author, category, first) = try event.clear(.author, .category, .first)
            self = .threadOpened(
                try event.id(), in: category, author: author, first: first, title: try event.personal())
        case .threadRetitled:
            self = .threadRetitled(try event.id(), author: try event.clear(.author), title: try event.personal())
        case .threadClosed: self = .threadClosed(try event.onlyID())
        case .threadReopened: self = .threadReopened(try event.onlyID())
        case .threadMoved:
            let (from, to) = try event.clear(.from, .to)
            self = .threadMoved(try event.id(), from: from, to: to)
        case .threadPinned: self = .threadPinned(try event.onlyID())
        case .threadUnpinned: self = .threadUnpinned(try event.onlyID())
        case .threadTitleErased:
            let erasure: TextErasure = try event.clear()
            self = .threadTitleErased(try event.id(), fence: erasure.fence, erasure.reason)
        case .postPublished: self = try PostPublication.decode(event)
        case .postRevised: self = try PostRevision.decode(event)
        case .postDeleted: self = .postDeleted(try event.onlyID())
        case .postRemoved: self = .postRemoved(try event.id(), try event.clear(.reason))
        case .postReinstated: self = .postReinstated(try event.onlyID())
        case .postErased:
            let erasure: TextErasure = try event.clear()
            self = .postErased(try event.id(), fence: erasure.fence, erasure.reason)
        }
    }
}

/// The clear part of the events that record the erasure of a text.
private struct TextErasure {
    let fence: FenceID
    let reason: TextErasureReason
}

extension TextErasure: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        fence = try fields("fence", \.fence)
        reason = try fields("reason", \.reason)
    }
}

extension Personal<CategoryText> {
    /// A category belongs to no member: it is its own owner.
    fileprivate func sealed(for category: CategoryID) -> SealedPart {
        SealedPart(Subject(.category, category), of: Owner(category), self)
    }
}

extension Personal<ThreadTitle> {
    fileprivate func sealed(for thread: ThreadID, by author: MemberID) -> SealedPart {
        SealedPart(Subject(.thread, thread), of: Owner(author), self)
    }
}

extension ClearField<Audience> {
    fileprivate static var audience: Self { "audience" }
}

extension ClearField<[CategoryID]> {
    fileprivate static var categories: Self { "categories" }
}

extension ClearField<MemberID> {
    fileprivate static var author: Self { "author" }
}

extension ClearField<CategoryID> {
    fileprivate static var category: Self { "category" }
    fileprivate static var from: Self { "from" }
    fileprivate static var to: Self { "to" }
}

extension ClearField<PostID> {
    fileprivate static var first: Self { "first" }
}

extension ClearField<RemovalReason> {
    fileprivate static var reason: Self { "reason" }
}
