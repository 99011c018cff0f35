import Events

/// Finds `@username` in typed Markdown: in text, but not in code, addresses or link texts.
struct MentionSearch {
    let names: NameLookups
    /// The body being revised, whose second mention `@{2}` refers to (`PostBody.editable`). Typing that literally while revising gives the
    /// reference too.
    let previous: PostBody?

    struct Mention {
        let range: Range<String.Index>
        let member: MemberID
    }

    func mentions(in text: String) -> [Mention] {
        let candidates = candidates(in: text)
        guard !candidates.isEmpty else { return [] }
        var finder = MentionsInText()
        let marked = text.replacing(candidates.map(\.range)) { Placeholder.mention($0).text }
        Markdown(marked).walk(&finder)
        return candidates.enumerated().filter { finder.found.contains($0.offset) }.map(\.element)
    }

    private func candidates(in text: String) -> [Mention] {
        let scalars = text.unicodeScalars
        var found: [Mention] = []
        var previousScalar: Unicode.Scalar?
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if scalar == "@", MentionSearch.mayStandBefore(previousScalar), let mention = mention(at: index, in: text) {
                found.append(mention)
                index = mention.range.upperBound
                previousScalar = nil
                continue
            }
            previousScalar = scalar
            index = scalars.index(after: index)
        }
        return found
    }

    private func mention(at start: String.Index, in text: String) -> Mention? {
        let after = text.unicodeScalars[start...].dropFirst()
        if after.first == "{" { return reference(at: start, after) }
        let typed = after.prefix(Handle.longest + 1).prefix { Handle.allows($0) }
        guard typed.count <= Handle.longest, !MentionSearch.namesSomethingElsewhere(after[typed.endIndex...]) else {
            return nil
        }
        // Trailing punctuation normally belongs to the sentence. Older names may end with it, so the longer forms are tried afterwards.
        let end = typed.lastIndex { !Handle.isPunctuation($0) }.map { typed.index(after: $0) } ?? typed.startIndex
        for end in [end] + typed.indices[end...].map({ typed.index(after: $0) }) {
            if let member = names.member(named: String(typed[..<end])) {
                return Mention(range: start..<end, member: member)
            }
        }
        return nil
    }

    /// Whether the name is part of `@name@host` or `@scope/package`, which mention no member.
    private static func namesSomethingElsewhere(_ rest: Substring.UnicodeScalarView) -> Bool {
        switch rest.first {
        case "@": true
        case "/": rest.dropFirst().first.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
        default: false
        }
    }

    /// Reads `@{2}`, unless characters follow that would continue a username.
    private func reference(at start: String.Index, _ after: Substring.UnicodeScalarView) -> Mention? {
        let digits = after.dropFirst().prefix { ("0"..."9").contains($0) }
        let rest = after[digits.endIndex...]
        guard let previous, digits.count < 4, let number = Int(String(digits)), rest.first == "}",
            previous.mentions.indices.contains(number - 1)
        else { return nil }
        let next = rest.dropFirst().first { !Handle.isPunctuation($0) }
        guard next.map({ !Handle.allows($0) }) ?? true else { return nil }
        return Mention(range: start..<rest.index(after: rest.startIndex), member: previous.mentions[number - 1])
    }

    /// Whether an `@` after this character can begin a mention: not in an e-mail address or a URL path, and not after a backslash, which
    /// escapes it.
    private static func mayStandBefore(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return true }
        switch scalar {
        case "@", "/", "\\", ".", "+", "-", "=", "&", "#", "%": return false
        default: return !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
        }
    }
}

/// Looks up each name once, up to a maximum number of names.
final class NameLookups {
    /// Five times the number of members that a post may mention, each looked up with and without trailing punctuation.
    static let most = 10 * PostDraft.mostMentions

    private let resolve: (String) -> MemberID?
    private var known: [String: MemberID?] = [:]
    /// The maximum was exceeded; further names count as unknown.
    private(set) var isExhausted = false

    init(_ resolve: @escaping (String) -> MemberID?) { self.resolve = resolve }

    func member(named name: String) -> MemberID? {
        if let member = known[name] { return member }
        guard known.count < NameLookups.most else {
            isExhausted = true
            return nil
        }
        let member = resolve(name)
        known[name] = .some(member)
        return member
    }
}

/// The characters and length that a username may have; `resolve` knows which names exist.
private enum Handle {
    static let longest = 30

    static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "×", "÷": false
        case "\u{C0}"..."\u{17E}": true
        default: isPunctuation(scalar)
        }
    }

    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "-" || scalar == "_" }
}

/// Collects the placeholders that occur in text.
private struct MentionsInText: MarkdownVisitor {
    var found: Set<Int> = []
    private var links = 0

    mutating func enter(_ node: MarkdownNode) {
        switch node.kind {
        case .text where links == 0:
            Placeholder.scan(node.literal, run: { _ in }) { placeholder, _ in
                if case .mention(let number) = placeholder { found.insert(number) }
            }
        case .link, .image: links += 1
        case .text, .document, .blockQuote, .list, .item, .codeBlock, .htmlBlock, .paragraph, .heading, .thematicBreak,
            .softBreak, .lineBreak, .code, .htmlInline, .emphasis, .strong, .strikethrough, .table, .tableRow,
            .tableHeader, .tableCell, .unknown:
            break
        }
    }

    mutating func leave(_ node: MarkdownNode) { if node.kind == .link || node.kind == .image { links -= 1 } }
}

extension String {
    /// Replaces ascending ranges; `word` gives the replacement by the range's number.
    func replacing(_ ranges: [Range<Index>], with word: (Int) -> String) -> String {
        var result = ""
        var start = startIndex
        for (number, range) in ranges.enumerated() {
            result += self[start..<range.lowerBound]
            result += word(number)
            start = range.upperBound
        }
        return result + self[start...]
    }
}
