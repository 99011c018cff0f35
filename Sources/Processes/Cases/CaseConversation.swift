package import Events
package import HTML
package import Messaging

/// A case as one party sees it: her own words, the answers to her, and in a dispute what the other party says.
package struct CaseConversation: Sendable {
    package struct Line: Sendable {
        package enum Words: Sendable {
            case text(MaskedText)
            case decision(CaseDecision.Outcome, rule: String?, MaskedText)
            case erased
        }

        package let heading: String
        package let words: Words
        package let note: String?
        package let at: Instant

        package init(heading: String, words: Words, note: String?, at: Instant) {
            self.heading = heading
            self.words = words
            self.note = note
            self.at = at
        }
    }

    package let record: CaseRecord
    package let party: CaseParty
    package let today: CalendarDate

    package init(record: CaseRecord, party: CaseParty, today: CalendarDate) {
        self.record = record
        self.party = party
        self.today = today
    }

    package var file: CaseFile { record.file }

    /// The case's title on the page.
    package var title: String {
        if file.topic.matter == .report, party == .other { return "Beslut om något du har skrivit" }
        let isMine = party == .opener || file.isSharedByParties
        let subject = isMine ? record.opening?.subject : nil
        return subject.map { MaskedText($0, today: today).text } ?? file.topic.swedish
    }

    /// The title with the kind of case before it, for places where nothing else states the kind.
    package var titleWithMatter: String {
        title == file.topic.swedish ? file.topic.swedishWithMatter : "\(file.topic.matter.swedish): \(title)"
    }

    /// The case's phase for this party. In a dispute both parties read each other, and each sees who was asked.
    package var phase: String {
        guard case .waiting = file.phase else { return file.phase.swedish }
        if isAsked { return "Väntar på svar från dig" }
        return file.isSharedByParties ? "Väntar på svar från den andra parten" : "Väntar på svar"
    }

    /// Whether the latest question of the administration was put to this party.
    private var isAsked: Bool {
        for entry in record.entries.reversed() {
            if case .replied(let answer) = entry.event, answer.awaits { return answer.audience.parties.contains(party) }
        }
        return false
    }

    package var lines: [Line] { record.entries.compactMap(line) }

    private func line(_ entry: CaseRecord.Entry) -> Line? {
        switch entry.event {
        case .opened(let opening):
            return said(by: .opener, opening.statement, entry, opening.trouble?.swedish, target: true)
        case .stated(let addition):
            return said(by: addition.party, addition.statement, entry, addition.trouble?.swedish)
        case .appealed(let statement, by: let appellant):
            return said(by: appellant, statement, entry, "Begäran om omprövning")
        case .replied(let answer):
            guard answer.audience.parties.contains(party) else { return nil }
            return Line(heading: "Administrationen", words: words(answer.reply) { $0.text }, note: nil, at: entry.at)
        case .decided(let decision):
            let words: Line.Words =
                switch decision.reasons.value {
                case .known(let reasons):
                    .decision(decision.outcome, rule: reasons.rule, MaskedText(reasons.text, today: today))
                case .erased: .erased
                }
            return Line(heading: "Beslut", words: words, note: nil, at: entry.at)
        case .extended(let reasons):
            return Line(
                heading: "Vi behöver mer tid", words: words(reasons) { $0.text }, note: nil, at: entry.at)
        case .mailFiled(let number, asks: _):
            guard party == .opener || file.isSharedByParties, let mail = record.mailAside(number) else { return nil }
            return Line(
                heading: heading(of: .opener), words: words(mail) { $0.text }, note: "Kom med e-post", at: entry.at)
        case .contactGiven, .noted, .assigned, .warned, .closed, .reopened, .identityChecked, .identified,
            .mailSetAside, .mailReceived, .answersDirected, .erased:
            return nil
        }
    }

    private func said(
        by speaker: CaseParty, _ statement: Sealed<CaseStatement>, _ entry: CaseRecord.Entry, _ note: String?,
        target: Bool = false
    ) -> Line? {
        guard speaker == party || file.isSharedByParties else { return nil }
        return Line(
            heading: heading(of: speaker),
            words: words(statement) { words in
                (target ? words.target.map { "Gäller: \($0)\n\n" } ?? "" : "") + words.text
            }, note: note, at: entry.at)
    }

    private func heading(of speaker: CaseParty) -> String { speaker == party ? "Du" : "Den andra parten" }

    private func words<Value>(_ filed: Sealed<Value>, _ text: (Value) -> String) -> Line.Words {
        switch filed.value {
        case .known(let value): .text(MaskedText(text(value), today: today))
        case .erased: .erased
        }
    }
}

extension CaseRecord {
    func mailAside(_ wanted: Int) -> Sealed<SetAsideMail>? {
        for entry in entries {
            if case .mailSetAside(let mail, _, let number) = entry.event, number == wanted { return mail }
        }
        return nil
    }
}

extension HTMLWriter {
    /// Writes text as it was typed, with its line breaks.
    package mutating func typed(_ text: String) {
        div(class: "prose") { html in
            for paragraph in text.split(separator: "\n\n") {
                html.p { html in
                    for (index, line) in paragraph.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                    {
                        if index > 0 { html.lineBreak() }
                        html.text(String(line))
                    }
                }
            }
        }
    }

    package mutating func conversation(_ lines: [CaseConversation.Line], in topic: CaseTopic) {
        element(.ol, class: "news-list") { html in
            for line in lines {
                html.li { html in
                    html.h2(line.heading)
                    html.p(class: "meta") { html in
                        html.exactTime(line.at)
                        if let note = line.note { html.text(". \(note).") }
                    }
                    html.words(line.words, in: topic)
                }
            }
        }
    }

    private mutating func words(_ words: CaseConversation.Line.Words, in topic: CaseTopic) {
        switch words {
        case .erased: p("Raderat.", class: "gone")
        case .text(let text): masked(text)
        case .decision(let outcome, let rule, let text):
            p { $0.element(.strong, text: outcome.swedish(in: topic) + ".") }
            if let rule { p("Vi stöder oss på: \(rule)") }
            masked(text)
        }
    }

    package mutating func masked(_ text: MaskedText) {
        typed(text.text)
        if text.holdsNumber {
            p(
                "Det stod ett personnummer här. Det visas inte, och du behöver aldrig skriva det till oss.",
                class: "muted")
        }
    }
}
