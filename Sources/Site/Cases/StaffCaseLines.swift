import Events
import Messaging
import Processes

extension StaffCasePage {
    struct Line {
        let heading: String
        var texts: [String] = []
        var note: String?
        var isErased = false
    }

    func line(_ entry: CaseRecord.Entry) -> Line? {
        switch entry.event {
        case .opened(let opening):
            if file.isUnasked {
                return words(opening.statement, "Eget initiativ av \(staff(entry.actor))") { [$0.text] }
            }
            return said(
                by: .opener, opening.statement, through: opening.channel, opening.trouble?.swedish)
        case .stated(let addition):
            return said(by: addition.party, addition.statement, through: addition.channel, addition.trouble?.swedish)
        case .appealed(let statement, by: let party):
            return said(by: party, statement, through: .page, "Begäran om omprövning")
        case .replied(let answer):
            let line = words(answer.reply, "Svar av \(staff(entry.actor))") { [$0.text] }
            return noted(line, "Till \(answer.audience.swedish)\(answer.awaits ? ". Vi väntar på svar" : "")")
        case .noted(let note):
            return noted(words(note, "Anteckning av \(staff(entry.actor))") { [$0.text] }, "Bara för personalen")
        case .decided(let decision):
            let outcome = decision.outcome.swedish(in: file.topic)
            return noted(
                words(decision.reasons, "Beslut av \(staff(entry.actor))") { reasons in
                    [reasons.rule.map { "Stöder sig på: \($0)" }, reasons.text].compactMap(\.self)
                }, outcome)
        case .extended(let reasons):
            return words(reasons, "Mer tid, av \(staff(entry.actor))") { [$0.text] }
        case .identityChecked(let verdict):
            return words(verdict, "Identitetskontroll av \(staff(entry.actor))") { verdict in
                let agreeing = IdentityVerdict.Point.allCases.filter(verdict.agreeing.contains).map(\.swedish)
                return [
                    verdict.isProved
                        ? "Alla fyra punkterna stämmer."
                        : "Stämmer: \(agreeing.isEmpty ? "inget" : agreeing.joined(separator: ", ")). Svara inte med några uppgifter.",
                    verdict.reason,
                ]
            }
        case .identified: return Line(heading: "Knutet till en medlem")
        case .mailSetAside(let mail, let cause, _):
            return noted(
                words(mail, "Mejl vid sidan av") { ["Från \($0.sender): \($0.subject)", $0.text] }, cause.swedish)
        case .mailReceived(let mail): return mail.file.map { _ in Line(heading: "Hela mejlet finns kvar") }
        case .answersDirected(let choice):
            let place = choice == .sender ? "avsändarens adress" : "adressen som stod i mejlet"
            return Line(heading: "Svaren går till \(place), valt av \(staff(entry.actor))")
        case .mailFiled: return Line(heading: "Mejlet ovan togs in i ärendet av \(staff(entry.actor))")
        case .assigned(let member):
            return Line(
                heading: member.map { "Tas om hand av \(names.staff[$0] ?? "tidigare medlem")" }
                    ?? "Tas inte längre om hand av någon")
        case .warned: return Line(heading: "Påminnelse: frågan har väntat länge")
        case .closed:
            return Line(
                heading: entry.actor == .system
                    ? "Avslutat efter två tysta veckor" : "Avslutat av \(staff(entry.actor))")
        case .reopened: return Line(heading: "Öppnat igen av \(staff(entry.actor))")
        case .contactGiven, .erased: return nil
        }
    }

    private func said(
        by party: CaseParty, _ statement: Sealed<CaseStatement>, through channel: CaseChannel, _ note: String?
    ) -> Line {
        let speaker = names.shown(party, today: today)
        let line = words(statement, speaker) { words in
            [words.target.map { "Gäller: \($0)" }, words.text].compactMap(\.self)
        }
        let notes = [channel == .mail ? "Kom med e-post" : nil, note].compactMap(\.self)
        return noted(line, notes.isEmpty ? nil : notes.joined(separator: ". "))
    }

    private func words<Value>(_ filed: Sealed<Value>, _ heading: String, _ texts: (Value) -> [String]) -> Line {
        switch filed.value {
        case .known(let value): Line(heading: heading, texts: texts(value))
        case .erased: Line(heading: heading, isErased: true)
        }
    }

    private func noted(_ line: Line, _ note: String?) -> Line {
        var line = line
        line.note = note
        return line
    }

    private func staff(_ actor: Actor) -> String {
        switch actor {
        case .member(let id): names.staff[id] ?? "tidigare medlem"
        case .visitor: "besökare"
        case .operator: "driften"
        case .system: "webbplatsen"
        }
    }
}
