import Events

/// Read models that take in the same events, each told of those it listens to.
struct ReadModels: Sendable {
    private let all: [any ReadModel.Type]
    private let listeners: [ProjectedEvent.Source: [any ReadModel.Type]]

    init(_ models: [any ReadModel.Type]) {
        all = models
        listeners = Dictionary(
            uniqueKeysWithValues: ProjectedEvent.Source.allCases.map { source in
                (source, models.filter { $0.sources.contains(source) })
            })
    }

    /// Those that hear of events from there.
    subscript(source: ProjectedEvent.Source) -> [any ReadModel.Type] { listeners[source] ?? [] }

    /// - Throws: `ProjectionFailure`, or `SQLiteError` when the file itself is damaged.
    func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        do {
            for model in self[event.source] { try model.apply(event, to: views) }
        } catch let error as SQLiteError where error.isDamage && error.file == views.connection.path {
            throw error
        } catch {
            let (position, type) = (event.recorded.position, event.recorded.type)
            throw ProjectionFailure(position: position, type: type, reason: String(describing: error))
        }
    }

    /// Writes what they have put off.
    func settle(_ views: ViewWriter) throws {
        for model in all { try model.settle(views) }
    }

    func makeTables(in connection: Connection) throws {
        for model in all { try connection.run(model.tables) }
    }

    func makeIndices(in connection: Connection) throws {
        for model in all { try connection.run(model.indices) }
    }
}
