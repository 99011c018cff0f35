package import Events

/// An administrator creates a category.
struct CreateCategory {
    let category: CategoryID
    let audience: Audience
    let text: CategoryText
    let standing: Standing

    func decide(given others: [CategoryFacts]) throws(ForumRefusal) -> [ForumEvent] {
        guard standing.role.administers else { throw .notAllowed }
        guard !others.contains(where: { $0.text.value?.slug == text.slug }) else { throw .slugTaken }
        return [
            .category(.created(category, audience, .known(text))),
            .category(.ordered(others.map(\.id) + [category])),
        ]
    }
}

/// An administrator changes a category's name, slug or description.
struct DescribeCategory {
    let text: CategoryText
    let standing: Standing

    func decide(given category: Category, others: [CategoryFacts]) throws(ForumRefusal) -> [ForumEvent] {
        guard standing.role.administers else { throw .notAllowed }
        let facts = try category.required()
        guard !others.contains(where: { $0.text.value?.slug == text.slug }) else { throw .slugTaken }
        return facts.text == .known(text) ? [] : [.category(.described(facts.id, .known(text)))]
    }
}

extension Forum {
    package func createCategory(
        _ text: CategoryText, for audience: Audience, by standing: Standing, command: CommandID
    ) async throws -> (category: CategoryID, appended: Appended) {
        let category = CategoryID(createdBy: command)
        let appended = try await execute(command, by: standing) { reading in
            try CreateCategory(category: category, audience: audience, text: text, standing: standing)
                .decide(given: reading.categories())
        }
        return (category, appended)
    }

    package func describeCategory(
        _ category: CategoryID, as text: CategoryText, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            let others = try reading.categories().filter { $0.id != category }
            return try DescribeCategory(text: text, standing: standing)
                .decide(given: reading.state(of: StreamName(category)), others: others)
        }
    }
}

extension StreamReading {
    /// Reads every category at its version, so that two concurrent commands cannot take the same slug.
    fileprivate mutating func categories() throws -> [CategoryFacts] {
        let order: CategoryOrder = try state(of: CategoryOrder.stream)
        var facts: [CategoryFacts] = []
        for id in order.categories {
            let category: Category = try state(of: StreamName(id))
            if let known = category.facts { facts.append(known) }
        }
        return facts
    }
}
