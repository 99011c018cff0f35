import Events

/// Read models that apply the same events, ordered so that each comes after those in its `after`.
struct ReadModels: Sendable {
    let all: [any ReadModel.Type]
    private let listeners: [ProjectedEvent.Source: [any ReadModel.Type]]

    /// - Precondition: every model named in an `after` is included, and no two come after each other.
    init(_ models: [any ReadModel.Type]) {
        let ordered = ReadModels.ordered(models)
        all = ordered
        listeners = Dictionary(
            uniqueKeysWithValues: ProjectedEvent.Source.allCases.map { source in
                (source, ordered.filter { $0.sources.contains(source) })
            })
    }

    /// The models that receive events from that source.
    subscript(source: ProjectedEvent.Source) -> [any ReadModel.Type] { listeners[source] ?? [] }

    /// Identifies the read models that made a file: changes with a table, an index or a version of any of them, not with names or order.
    var fingerprint: TextHash {
        TextHash(of: all.map { $0.fingerprint.description }.sorted().joined(separator: "\n"))
    }

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

    /// Flushes the buffered rows of every model.
    func flush(_ views: ViewWriter) throws {
        for model in all { try model.flush(views) }
    }

    func makeTables(in connection: SQLiteConnection) throws {
        for model in all { try connection.run(model.tables) }
    }

    func makeIndices(in connection: SQLiteConnection) throws {
        for model in all { try connection.run(model.indices) }
    }
}

extension ReadModels {
    /// The given models in their order, each moved behind those in its `after`.
    private static func ordered(_ models: [any ReadModel.Type]) -> [any ReadModel.Type] {
        var (ordered, waiting) = ([any ReadModel.Type](), models)
        while !waiting.isEmpty {
            let next = waiting.firstIndex { model in
                model.after.allSatisfy { earlier in ordered.contains { $0 == earlier } }
            }
            guard let next else {
                preconditionFailure("the order of \(waiting) is a circle, or what they come after is missing")
            }
            ordered.append(waiting.remove(at: next))
        }
        return ordered
    }
}

extension ReadModel {
    /// Changes with the tables, the indices and the version, not with the wording of comments in the SQL.
    static var fingerprint: TextHash { TextHash(of: "\(version)\n\(schema)") }

    /// Tables and indices without comments and with whitespace normalised.
    private static var schema: String {
        "\(tables)\n\(indices)".split(separator: "\n")
            .map { line in line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line }
            .flatMap { $0.split(whereSeparator: \.isWhitespace) }.joined(separator: " ")
    }
}
