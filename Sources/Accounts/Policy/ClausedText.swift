/// A Markdown text whose third-level headings carry the clauses' ids: `### P-01.1 Rubrik`.
package struct ClausedText: Hashable, Sendable {
    package struct Clause: Hashable, Sendable {
        package let id: String
        package let title: String
        /// The Markdown below the heading.
        package let body: String
    }

    package let markdown: String
    package let clauses: [Clause]

    /// - Parameter series: the letter of the ids: `P` of the policy, `T` of the terms.
    init(_ markdown: String, series: Character, file: String) throws(DocumentProblem) {
        var clauses: [Clause] = []
        var open: (id: String, title: String, body: [Substring])?
        func close() {
            guard let (id, title, body) = open else { return }
            let text = body.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed()
            clauses.append(Clause(id: id, title: title, body: text.joined(separator: "\n")))
        }
        for (index, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.hasPrefix("#") else {
                open?.body.append(line)
                continue
            }
            close()
            open = nil
            guard line.hasPrefix("### ") else { continue }
            let words = line.dropFirst(4).split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2, ClausedText.isID(words[0], series: series) else {
                throw DocumentProblem(file: file, line: index + 1, cause: .notAClause(series: series))
            }
            guard !clauses.contains(where: { $0.id == words[0] }) else {
                throw DocumentProblem(file: file, line: index + 1, cause: .clauseTwice(words[0]))
            }
            open = (words[0], words[1], [])
        }
        close()
        guard !clauses.isEmpty else { throw DocumentProblem(file: file, line: 1, cause: .noClauses) }
        self.markdown = markdown
        self.clauses = clauses
    }

    private static func isID(_ word: String, series: Character) -> Bool {
        let characters = Array(word)
        return characters.count >= 6 && characters[0] == series && characters[1] == "-" && characters[2].isNumber
            && characters[3].isNumber && characters[4] == "." && characters[5...].allSatisfy(\.isNumber)
    }
}
