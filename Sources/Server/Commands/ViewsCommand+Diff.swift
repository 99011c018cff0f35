import ArgumentParser
import Events
import Foundation
import Projections

extension ViewsCommand {
    struct DiffCommand: LocalCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Compare two generations of the views: rows added, removed and changed, table by table.",
            discussion: """
                A and B are numbers, as 'views status' shows them, or files. Rows are counted, never shown. Reads beside a running site; \
                two generations that have followed the log to different events differ by that.
                """)

        @OptionGroup var options: DataOptions

        @Argument(help: "A generation's number, or a file.")
        var first: String

        @Argument(help: "The one that it is compared with.")
        var second: String

        func perform(output: CommandOutput) async throws {
            let difference: ViewsDifference
            do {
                difference = try ViewsDifference.between(file(first), file(second))
            } catch let wrong as NoViews {
                throw CommandFailure.usage(
                    "\(wrong.path) is no file of views; 'mikroforetag views status' lists those there are")
            }
            if options.json { json(difference, output) } else { lines(difference, output) }
        }

        private func file(_ word: String) -> String {
            Int(word).map { Views.path(ofGeneration: $0, in: options.files.data) } ?? URL(fileURLWithPath: word).path
        }

        private func json(_ difference: ViewsDifference, _ output: CommandOutput) {
            for table in difference.tables { output.json(table.json) }
            for name in difference.incomparable { output.json(["table": name, "comparable": false]) }
            output.json([
                "equal": difference.isEqual, "positions": [difference.positions.first, difference.positions.second],
            ])
        }

        private func lines(_ difference: ViewsDifference, _ output: CommandOutput) {
            for table in difference.tables where !table.isEqual { output.line(table.line) }
            for name in difference.incomparable { output.line("\(name): not in both alike") }
            let (first, second) = difference.positions
            if first != second { output.line("They have reached different events: \(first) and \(second).") }
            let count = difference.tables.filter { !$0.isEqual }.count + difference.incomparable.count
            output.line(
                difference.isEqual
                    ? "No difference in \(difference.tables.count) tables."
                    : "\(count) of \(difference.tables.count + difference.incomparable.count) tables differ.")
        }
    }
}
