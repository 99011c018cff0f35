package import Events

/// The categories in display order; a new one is placed last.
struct CategoryOrder: Hashable {
    package static let stream = StreamName("forum-categories")

    var categories: [CategoryID] = []
}

extension CategoryOrder: EventSourced {
    static var initial: CategoryOrder { CategoryOrder() }

    mutating func evolve(_ event: CategoryEvent, at _: Instant) {
        switch event {
        case .ordered(let order): categories = order
        case .created, .described, .closed, .reopened: break
        }
    }
}

/// An administrator reorders the categories.
struct OrderCategories {
    let order: [CategoryID]
    let standing: Standing

    func decide(given present: CategoryOrder) throws(ForumRefusal) -> [ForumEvent] {
        guard standing.role.administers else { throw .notAllowed }
        guard order.count == present.categories.count, Set(order) == Set(present.categories) else {
            throw .incompleteOrder
        }
        return order == present.categories ? [] : [.category(.ordered(order))]
    }
}

extension Forum {
    package func orderCategories(
        _ order: [CategoryID], by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try OrderCategories(order: order, standing: standing).decide(given: reading.state(of: CategoryOrder.stream))
        }
    }

    /// All categories, in display order.
    package func categories() throws -> [CategoryFacts] {
        try log.state(of: CategoryOrder.stream, as: CategoryOrder.self).state.categories.compactMap {
            try category($0).facts
        }
    }

    package func category(_ id: CategoryID) throws -> Category { try log.state(of: StreamName(id)).state }
}
