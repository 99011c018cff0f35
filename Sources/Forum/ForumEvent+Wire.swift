package import Events

extension ForumEvent: NamedEvent {
    package typealias Name = ForumEventName

    package func encoded() -> NewEvent {
        switch self {
        case .categoryCreated(let id, let audience, let text):
            event(.categoryCreated, text.sealed(for: id)) { $0.code("audience", audience) }
        case .categoryDescribed(let id, let text): event(.categoryDescribed, text.sealed(for: id))
        case .categoryClosed: event(.categoryClosed)
        case .categoryReopened: event(.categoryReopened)
        case .categoriesOrdered(let categories): event(.categoriesOrdered) { $0.ids("categories", categories) }
        case .threadOpened(let id, let category, let author, let first, let title):
            event(.threadOpened, title.sealed(for: id, by: author)) {
                $0.id("author", author)
                $0.id("category", category)
                $0.id("first", first)
            }
        case .threadRetitled(let id, let author, let title):
            event(.threadRetitled, title.sealed(for: id, by: author)) { $0.id("author", author) }
        case .threadClosed: event(.threadClosed)
        case .threadReopened: event(.threadReopened)
        case .threadMoved(_, let from, let to):
            event(.threadMoved) {
                $0.id("from", from)
                $0.id("to", to)
            }
        case .threadPinned: event(.threadPinned)
        case .threadUnpinned: event(.threadUnpinned)
        case .postPublished(let id, let thread, let author, let body):
            event(.postPublished, body.sealed(for: id, by: author)) {
                $0.id("author", author)
                body.writeReferences(to: &$0)
                $0.id("thread", thread)
            }
        case .postRevised(let id, let author, let revision, let body):
            event(.postRevised, body.sealed(for: id, by: author)) {
                $0.id("author", author)
                body.writeReferences(to: &$0)
                $0.integer("revision", revision)
            }
        case .postDeleted: event(.postDeleted)
        case .postRemoved(_, let reason): event(.postRemoved) { $0.code("reason", reason) }
        case .postReinstated: event(.postReinstated)
        case .threadTitleErased(_, let fence, let reason): event(.threadTitleErased) { $0.write(fence, reason) }
        case .postErased(_, let fence, let reason): event(.postErased) { $0.write(fence, reason) }
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> ForumEvent? {
        guard let name = try ForumEventName(event) else { return nil }
        switch name {
        case .categoryCreated:
            let audience: Audience = try event.clear { (clear) throws(MalformedEvent) in try clear.code("audience") }
            return .categoryCreated(try event.id(), audience, try CategoryText.opened(from: event))
        case .categoryDescribed:
            try event.expectNothingClear()
            return .categoryDescribed(try event.id(), try CategoryText.opened(from: event))
        case .categoryClosed: return .categoryClosed(try event.onlyID())
        case .categoryReopened: return .categoryReopened(try event.onlyID())
        case .categoriesOrdered:
            return .categoriesOrdered(
                try event.clear { (clear) throws(MalformedEvent) in try clear.ids("categories") })
        case .threadOpened:
            let id: ThreadID = try event.id()
            let title = try ThreadTitle.opened(from: event)
            return try event.clear { (clear) throws(MalformedEvent) in
                let author: MemberID = try clear.id("author")
                let category: CategoryID = try clear.id("category")
                return .threadOpened(id, in: category, author: author, first: try clear.id("first"), title: title)
            }
        case .threadRetitled:
            let author: MemberID = try event.clear { (clear) throws(MalformedEvent) in try clear.id("author") }
            return .threadRetitled(try event.id(), author: author, title: try ThreadTitle.opened(from: event))
        case .threadClosed: return .threadClosed(try event.onlyID())
        case .threadReopened: return .threadReopened(try event.onlyID())
        case .threadMoved:
            let id: ThreadID = try event.id()
            return try event.clear { (clear) throws(MalformedEvent) in
                let from: CategoryID = try clear.id("from")
                return .threadMoved(id, from: from, to: try clear.id("to"))
            }
        case .threadPinned: return .threadPinned(try event.onlyID())
        case .threadUnpinned: return .threadUnpinned(try event.onlyID())
        case .postPublished: return try PostPublication.decode(event)
        case .postRevised:
            let clear = try event.clear { (clear) throws(MalformedEvent) in
                let author: MemberID = try clear.id("author")
                let references = try PostReferences(&clear)
                return (author: author, references: references, revision: try clear.integer("revision"))
            }
            return .postRevised(
                try event.id(), author: clear.author, revision: clear.revision,
                body: try clear.references.body(from: event))
        case .postDeleted: return .postDeleted(try event.onlyID())
        case .postRemoved:
            let reason: RemovalReason = try event.clear { (clear) throws(MalformedEvent) in try clear.code("reason") }
            return .postRemoved(try event.id(), reason)
        case .postReinstated: return .postReinstated(try event.onlyID())
        case .threadTitleErased:
            let (fence, reason) = try event.textErasure()
            return .threadTitleErased(try event.id(), fence: fence, reason)
        case .postErased:
            let (fence, reason) = try event.textErasure()
            return .postErased(try event.id(), fence: fence, reason)
        }
    }
}

extension ClearWriter {
    fileprivate mutating func write(_ fence: FenceID, _ reason: TextErasureReason) {
        id("fence", fence)
        code("reason", reason)
    }
}

extension RecordedEvent {
    /// The id of the thing whose stream the event is in.
    fileprivate func onlyID<Kind>() throws -> Identifier<Kind> {
        try expectNothingClear()
        return try id()
    }

    func id<Kind>() throws -> Identifier<Kind> {
        guard let id: Identifier<Kind> = stream.id() else { throw UnreadableEvent(self) }
        return id
    }

    fileprivate func textErasure() throws -> (FenceID, TextErasureReason) {
        try clear { (clear) throws(MalformedEvent) in
            let fence: FenceID = try clear.id("fence")
            return (fence, try clear.code("reason"))
        }
    }

    fileprivate func expectNothingClear() throws { try clear { (_) throws(MalformedEvent) in } }
}
