/// The differences between two versions of a text, by paragraph and, within changed paragraphs, by word (P-01.2).
package struct TextComparison: Sendable {
    /// A run of words in a changed paragraph.
    package enum Piece: Hashable, Sendable {
        case kept(String), removed(String), added(String)
    }

    /// The changes below one heading.
    package struct Passage: Sendable {
        package let heading: String
        package var paragraphs: [[Piece]]
    }

    package private(set) var passages: [Passage] = []

    package init(from old: Article, to new: Article) {
        let before = Paragraph.all(in: old)
        let after = Paragraph.all(in: new)
        let difference = after.difference(from: before)
        let removed = Set(difference.removals.map(offset))
        let added = Set(difference.insertions.map(offset))
        var (i, j) = (0, 0)
        while i < before.count || j < after.count {
            var (gone, come): ([Paragraph], [Paragraph]) = ([], [])
            while i < before.count, removed.contains(i) { gone.append(before[i]); i += 1 }
            while j < after.count, added.contains(j) { come.append(after[j]); j += 1 }
            note(gone, come)
            // A paragraph that is neither removed nor added is in both texts, in the same order.
            if i < before.count, j < after.count { (i, j) = (i + 1, j + 1) }
        }
    }

    /// Compares paragraphs that replaced each other word by word; the others are removed or added whole.
    private mutating func note(_ gone: [Paragraph], _ come: [Paragraph]) {
        var rest = come[...]
        for old in gone {
            if let index = rest.firstIndex(where: { $0.resembles(old) }) {
                for new in rest[..<index] { add([.added(new.text)], below: new.heading) }
                add(TextComparison.pieces(from: old.text, to: rest[index].text), below: rest[index].heading)
                rest = rest[(index + 1)...]
            } else {
                add([.removed(old.text)], below: old.heading)
            }
        }
        for new in rest { add([.added(new.text)], below: new.heading) }
    }

    private mutating func add(_ pieces: [Piece], below heading: String) {
        if passages.last?.heading != heading { passages.append(Passage(heading: heading, paragraphs: [])) }
        passages[passages.count - 1].paragraphs.append(pieces)
    }

    package static func pieces(from old: String, to new: String) -> [Piece] {
        let before = old.split(separator: " ").map(String.init)
        let after = new.split(separator: " ").map(String.init)
        let difference = after.difference(from: before)
        let removed = Set(difference.removals.map(offset))
        let added = Set(difference.insertions.map(offset))
        var pieces: [Piece] = []
        var (i, j) = (0, 0)
        while i < before.count || j < after.count {
            let gone = run(of: before, from: &i, in: removed)
            if !gone.isEmpty { pieces.append(.removed(gone)) }
            let come = run(of: after, from: &j, in: added)
            if !come.isEmpty { pieces.append(.added(come)) }
            var kept: [String] = []
            while i < before.count, j < after.count, !removed.contains(i), !added.contains(j) {
                kept.append(after[j])
                (i, j) = (i + 1, j + 1)
            }
            if !kept.isEmpty { pieces.append(.kept(kept.joined(separator: " "))) }
        }
        return pieces
    }

    private static func run(of words: [String], from index: inout Int, in marked: Set<Int>) -> String {
        let start = index
        while index < words.count, marked.contains(index) { index += 1 }
        return words[start..<index].joined(separator: " ")
    }
}

private func offset<Value>(_ change: CollectionDifference<Value>.Change) -> Int {
    switch change {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
}

/// A paragraph, heading, list item or table row as plain text, with the heading above it.
private struct Paragraph: Hashable {
    let text: String
    let heading: String

    static func == (a: Self, b: Self) -> Bool { a.text == b.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Whether at least a third of the words are the same.
    func resembles(_ other: Paragraph) -> Bool {
        let (mine, others) = (Set(text.split(separator: " ")), Set(other.text.split(separator: " ")))
        return mine.intersection(others).count * 3 >= max(mine.count, others.count)
    }

    static func all(in article: Article) -> [Paragraph] {
        var heading = article.title
        var paragraphs = [Paragraph(text: article.title, heading: heading)]
        for block in article.blocks {
            if case .heading(let new) = block {
                heading = [new.clause, new.words.plainText].compactMap(\.self).joined(separator: " ")
            }
            paragraphs += texts(of: block).filter { !$0.isEmpty }.map { Paragraph(text: $0, heading: heading) }
        }
        return paragraphs
    }

    private static func texts(of block: Article.Block) -> [String] {
        switch block {
        case .heading(let heading):
            [[heading.clause, heading.words.plainText].compactMap(\.self).joined(separator: " ")]
        case .paragraph(let words), .line(let words): [words.plainText]
        case .list(_, let items): items.flatMap { $0.flatMap(texts) }
        case .quote(let blocks): blocks.flatMap(texts)
        case .code(let text): text.split(separator: "\n").map(String.init)
        case .table(let head, let rows): ([head] + rows).map { $0.map(\.plainText).joined(separator: " · ") }
        case .rule: []
        }
    }
}
