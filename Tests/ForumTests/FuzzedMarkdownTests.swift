import Events
import Foundation
import Testing
import Testkit

@testable import Forum

/// A short, deterministic run of the fuzzer of `script/bench --fuzz`.
@Suite struct `Texts made up by chance` {
    private static let pieces: [String] = {
        let units =
            (try? String(contentsOf: project.appending(path: "Benchmarks/fuzz/units.txt"), encoding: .utf8)) ?? ""
        let readme = (try? String(contentsOf: project.appending(path: "README.md"), encoding: .utf8)) ?? ""
        return units.split(separator: "\n").map {
            $0.replacingOccurrences(of: "\\n", with: "\n").replacingOccurrences(of: "\\t", with: "\t")
        } + readme.split(separator: "\n").prefix(60).map(String.init)
            + [
                "@anna", "\n\n", "[citat \(Some.post) r1 0-9]\n", "&#64;", "\\", "\u{301}", "å", "👩‍👩‍👧",
                Placeholder.mention(0).text,
            ]
    }()

    private static func text(_ chance: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0...chance.number(below: 12) {
            let piece = chance.pick(pieces) ?? ""
            text += String(repeating: piece, count: 1 + chance.number(below: 8) * chance.number(below: 4))
        }
        return String(text.unicodeScalars.prefix(1_500).shuffledHere(&chance))
    }

    @Test(arguments: 0..<8)
    func `become only our own tags, the same each time, and come back from the form as they went in`(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<150 {
            let text = Self.text(&chance)
            let stored = PostBody(
                stored: text, mentions: [Some.anna], quotes: [Quote(post: Some.post, revision: 1, from: 0, to: 9)])
            let rendered = PostHTML.render(stored)
            #expect(HTMLInspector.faults(in: rendered) == [], "\(text.debugDescription)")
            #expect(rendered == PostHTML.render(stored))
            #expect(HTMLInspector.faults(in: QuoteText.render(stored, from: 10, to: text.utf8.count / 2)) == [])
            #expect(!PlainText(of: stored).stored.contains("\n"))
            guard let body = try? parse(text) else { continue }
            #expect(body.excess == nil)
            #expect(HTMLInspector.faults(in: PostHTML.render(body)) == [])
            let again = try parse(body.editable(username: username), revising: body)
            #expect(again.mentions == body.mentions && again.quotes == body.quotes, "\(text.debugDescription)")
        }
    }
}

extension String.UnicodeScalarView.SubSequence {
    /// Moves a few pieces to other places.
    fileprivate func shuffledHere(_ chance: inout SeededGenerator) -> String.UnicodeScalarView {
        var scalars = String.UnicodeScalarView(self)
        for _ in 0..<chance.number(below: 4) where !scalars.isEmpty {
            let start = scalars.index(scalars.startIndex, offsetBy: chance.number(below: scalars.count))
            let piece = Array(scalars[start...].prefix(chance.number(below: 20)))
            let place = scalars.index(scalars.startIndex, offsetBy: chance.number(below: scalars.count))
            scalars.insert(contentsOf: piece, at: place)
        }
        return scalars
    }
}
