import Events
import Foundation
import Testkit

@testable import Projections

/// The output of each read model for the stored histories (version, fingerprint and a digest of its rows), as recorded in
/// `Fixtures/read-models.json`.
struct ReadModelRows {
    struct Model: Codable, Equatable {
        var version: Int
        /// A fingerprint of tables, indices and version.
        var fingerprint: String
        /// The digest of all rows, by the name of the history.
        var rows: [String: String]
    }

    /// The models by the names of their types.
    var models: [String: Model] = [:]
    /// The tables that have a row in some history.
    var filledTables: Set<String> = []

    static let file = project.appending(path: "Fixtures/read-models.json")
    /// Set in the environment to rewrite the file.
    static let writes = ProcessInfo.processInfo.environment["WRITE_READ_MODELS"] != nil
    static let command = """
        WRITE_READ_MODELS=1 swift test --disable-xctest --filter "kept histories"
        """

    static func kept() throws -> ReadModelRows {
        ReadModelRows(models: try JSONDecoder().decode([String: Model].self, from: Data(contentsOf: file)))
    }

    func keep() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(models) + Data("\n".utf8)).write(to: ReadModelRows.file)
    }

    /// Builds the views of every stored history from scratch.
    static func built() async throws -> ReadModelRows {
        var built = ReadModelRows()
        for model in Generation.readModels.all {
            built.models[String(describing: model)] = Model(
                version: model.version, fingerprint: model.fingerprint.description, rows: [:])
        }
        for history in try KeptHistory.all() {
            let files = try history.copied()
            defer { try? FileManager.default.removeItem(at: files.data) }
            let log = try EventLog(files)
            try await closing(with: log.close) {
                let path = files.data.appending(path: "built.sqlite").path
                try GenerationLoad.load(path, from: log, through: log.head, as: .ready, { _ in })
                let connection = try SQLiteConnection.reading(path)
                for model in Generation.readModels.all {
                    built.models[String(describing: model)]?.rows[history.description] =
                        try model.digest(in: connection).description
                    for table in try model.tableNames
                    where try connection.integer("SELECT EXISTS (SELECT 1 FROM \(table))") == 1 {
                        built.filledTables.insert(table)
                    }
                }
            }
        }
        return built
    }

    /// The problem with a model and how to fix it; nil when there is none.
    func complaint(about name: String, comparedWith kept: ReadModelRows) -> String? {
        guard let model = models[name] else {
            return "\(name) is gone; write the digests anew: \(ReadModelRows.command)"
        }
        guard let before = kept.models[name] else {
            return "\(name) is new; write the digests anew: \(ReadModelRows.command)"
        }
        guard model != before else { return nil }
        if model.fingerprint == before.fingerprint, isOtherwise(model, than: before) {
            return """
                \(name) makes other rows of the same events, but files with the old rows would be used on: its version is \(before.version) \
                as before. If the change is meant, raise `\(name).version` to \(before.version + 1) and write the digests anew: \
                \(ReadModelRows.command)
                """
        }
        return "\(name) has changed, and says so; write the digests anew: \(ReadModelRows.command)"
    }

    /// A history that is new does not count as a changed row.
    private func isOtherwise(_ model: Model, than before: Model) -> Bool {
        before.rows.contains { history, digest in model.rows[history].map { $0 != digest } ?? false }
    }

    /// Whether every model with changed rows also has a changed fingerprint.
    func mayReplace(_ kept: ReadModelRows) -> Bool {
        models.allSatisfy { name, model in
            guard let before = kept.models[name] else { return true }
            return model.fingerprint != before.fingerprint || !isOtherwise(model, than: before)
        }
    }
}

extension ReadModel {
    /// The tables that the model creates.
    static var tableNames: [String] {
        get throws {
            let connection = try SQLiteConnection(":memory:", .create)
            try connection.run(tables)
            return try connection.statement(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).rows { $0.text(0) }
        }
    }

    /// A digest of all rows, in an order that does not depend on insertion.
    static func digest(in connection: SQLiteConnection) throws -> TextHash {
        TextHash(of: try tableNames.map { "\($0)\n\(try rows(of: $0, in: connection))" }.joined(separator: "\n"))
    }

    private static func rows(of table: String, in connection: SQLiteConnection) throws -> String {
        let columns = try connection.statement("SELECT name FROM pragma_table_info('\(table)') ORDER BY cid")
            .rows { "quote(\"\($0.text(0))\")" }
        return try connection.statement(
            "SELECT \(columns.joined(separator: " || ',' || ")) AS row FROM \(table) ORDER BY row"
        )
        .rows { $0.text(0) }.joined(separator: "\n")
    }
}
