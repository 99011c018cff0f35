package import Events

/// An administrator closes a category for new threads and replies, or opens it again.
struct CloseCategory {
    enum Change { case close, reopen }

    let change: Change
    let standing: Standing

    func decide(given category: Category) throws(ForumRefusal) -> [ForumEvent] {
        guard standing.role.administers else { throw .notAllowed }
        switch (category, change) {
        case (.none, _): throw .noSuchCategory
        case (.open(let facts), .close): return [.category(.closed(facts.id))]
        case (.closed(let facts), .reopen): return [.category(.reopened(facts.id))]
        case (.open, .reopen), (.closed, .close): return []
        }
    }
}

extension Forum {
    package func closeCategory(
        _ category: CategoryID, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try CloseCategory(change: .close, standing: standing)
                .decide(given: reading.state(of: StreamName(category)))
        }
    }

    package func reopenCategory(
        _ category: CategoryID, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try CloseCategory(change: .reopen, standing: standing)
                .decide(given: reading.state(of: StreamName(category)))
        }
    }
}
