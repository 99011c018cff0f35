package import Events

/// What happens to a category, and to the order of all categories, which has a separate stream.
package enum CategoryEvent: Hashable, Sendable {
    case created(CategoryID, Audience, Personal<CategoryText>)
    case described(CategoryID, Personal<CategoryText>)
    case closed(CategoryID)
    case reopened(CategoryID)
    /// All categories, in the order in which they are shown.
    case ordered([CategoryID])

    var stream: StreamName {
        switch self {
        case .created(let id, _, _), .described(let id, _), .closed(let id), .reopened(let id): StreamName(id)
        case .ordered: CategoryOrder.stream
        }
    }
}

package enum CategoryEventName: String, ForumStreamEventName {
    case created = "forum.category-created"
    case described = "forum.category-described"
    case closed = "forum.category-closed"
    case reopened = "forum.category-reopened"
    case ordered = "forum.categories-ordered"
}

extension CategoryEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .created(let id, let audience, let text):
            event(.created, sealing: text.sealed(for: id)) { $0.write(.audience, audience) }
        case .described(let id, let text): event(.described, sealing: text.sealed(for: id))
        case .closed: event(.closed)
        case .reopened: event(.reopened)
        case .ordered(let categories): event(.ordered, .categories, categories)
        }
    }

    package init(_ name: CategoryEventName, _ event: RecordedEvent) throws {
        switch name {
        case .created: self = .created(try event.id(), try event.clear(.audience), try event.personal())
        case .described: self = .described(try event.onlyID(), try event.personal())
        case .closed: self = .closed(try event.onlyID())
        case .reopened: self = .reopened(try event.onlyID())
        case .ordered: self = .ordered(try event.clear(.categories))
        }
    }
}

extension Personal<CategoryText> {
    /// A category belongs to no member: it is its own owner.
    fileprivate func sealed(for category: CategoryID) -> SealedPart {
        SealedPart(Subject(.category, category), of: Owner(category), self)
    }
}

extension ClearField<Audience> {
    fileprivate static var audience: Self { "audience" }
}

extension ClearField<[CategoryID]> {
    fileprivate static var categories: Self { "categories" }
}
