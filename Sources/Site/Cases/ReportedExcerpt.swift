import Events
import Forum
import Messaging
import Processes
import Projections

/// One line of a reported text for the queue, with its location and author.
struct ReportedExcerpt: Sendable {
    /// Never empty: a placeholder when none of the text is left.
    let title: String
    let place: String

    static let longest = 120
}

extension Application {
    /// The excerpt without personal identity numbers; a private message is never quoted (P-06.2).
    func excerpt(of record: CaseRecord, at now: Instant) throws -> ReportedExcerpt {
        func name(_ member: MemberID?) throws -> String {
            try member.flatMap { id in try views.members.username(of: id) }
                ?? "en tidigare medlem"
        }
        func line(_ text: String?) -> String {
            let words = text.flatMap { $0.isEmpty ? nil : $0 }
            return words.map { "”\(MaskedText($0, today: now.stockholmDate).text)”" } ?? "Texten är raderad"
        }
        switch try reportedThing(of: record) {
        case .post(let id):
            guard let history = try forum.post(id), let facts = history.post.facts else { break }
            let reported = history.revisions.last { $0.time <= record.file.openedAt } ?? history.revisions.first
            let thread = try forum.thread(facts.thread).facts?.title.value?.text
            let place =
                thread.map { "”\(MaskedText($0, today: now.stockholmDate).text)”" } ?? "en tråd utan rubrik"
            return ReportedExcerpt(
                title: line(reported?.body.value.map(\.firstWords)),
                place: "Inlägg av \(try name(facts.author)) i \(place)")
        case .thread(let id):
            guard let titles = try forum.titles(of: id) else { break }
            return ReportedExcerpt(
                title: line(titles.revisions.last?.title.value?.text), place: "Tråd av \(try name(titles.author))")
        case .member(let id): return ReportedExcerpt(title: try name(id), place: "Medlem och profil")
        case .message(let id, in: let conversation):
            let author = try messaging.conversation(conversation).facts?.author(of: id)
            return ReportedExcerpt(
                title: "Privat meddelande av \(try name(author))", place: "Läses av en administratör, med ett skäl")
        case .page, nil: break
        }
        let address = record.opening?.target.map { String($0.prefix(ReportedExcerpt.longest)) }
        return ReportedExcerpt(
            title: address.map { MaskedText($0, today: now.stockholmDate).text } ?? "Adressen är raderad",
            place: "En sida")
    }
}

extension PostBody {
    /// The first words on one line; a placeholder for a body without words, such as one that only quotes.
    fileprivate var firstWords: String {
        let words = PlainText(of: self).excerpt(ReportedExcerpt.longest).text { _ in "@…" }
        return words.isEmpty ? "(bara ett citat)" : words
    }
}
