package import Events

/// Who may read a category.
package enum Audience: String, ClosedCode, CaseIterable {
    case everybody = "public"
    case members

    func isWider(than other: Audience) -> Bool { self == .everybody && other == .members }
}

/// A category of the forum.
package enum Category: Hashable, Sendable {
    case none
    case open(CategoryFacts)
    /// Readable, but ordinary members write nothing new in it.
    case closed(CategoryFacts)

    package var facts: CategoryFacts? {
        switch self {
        case .none: nil
        case .open(let facts), .closed(let facts): facts
        }
    }

    func required() throws(ForumRefusal) -> CategoryFacts {
        guard let facts else { throw .noSuchCategory }
        return facts
    }

    /// Throws unless a member of that standing may write in the category.
    func requireWritable(by standing: Standing) throws(ForumRefusal) {
        switch self {
        case .none: throw .noSuchCategory
        case .open: return
        case .closed: guard standing.role.moderates else { throw .categoryClosed }
        }
    }
}

/// Properties of an existing category, open or closed.
package struct CategoryFacts: Hashable, Sendable {
    package let id: CategoryID
    package let audience: Audience
    package var text: Personal<CategoryText>
}

extension Category: EventSourced {
    package static let initial = Category.none

    package mutating func evolve(_ event: CategoryEvent, at _: Instant) {
        switch event {
        case .created(let id, let audience, let text):
            self = .open(CategoryFacts(id: id, audience: audience, text: text))
        case .described(_, let text):
            switch self {
            case .none: break
            case .open(var facts):
                facts.text = text
                self = .open(facts)
            case .closed(var facts):
                facts.text = text
                self = .closed(facts)
            }
        case .closed: if let facts { self = .closed(facts) }
        case .reopened: if let facts { self = .open(facts) }
        case .ordered: break
        }
    }
}
