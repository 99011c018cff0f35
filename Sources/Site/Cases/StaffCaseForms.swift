import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// The staff's actions on a case, each with a separate form.
extension StaffCasePage {
    func writeForms(into html: inout HTMLWriter) {
        writeReply(into: &html)
        switch file.topic {
        case .support, .correction, .number: break
        case .report, .dispute, .rights:
            if !file.isClosed { writeDecision(into: &html) }
        }
        if case .rights = file.topic, file.opener == nil, !file.isClosed { writeIdentity(into: &html) }
        if file.topic == .number, !file.isClosed { writeNumber(into: &html) }
        if case .rights = file.topic, file.extendedAt == nil, !file.isClosed { writeExtension(into: &html) }
        writeNote(into: &html)
        if let suspendable {
            html.h2("Den som skrev")
            html.p { html in
                html.link("Stäng av \(shownName(suspendable)) till ett datum", to: .staffDeactivate(suspendable.id))
                html.text(" – skälen mejlas, och beslutet kan omprövas.")
            }
        }
        html.h2("Hantera ärendet")
        html.div(class: "actions") { html in
            if file.assignee == reader {
                html.button(
                    "Släpp ärendet", post: address, .secondary, with: [StaffCasePage.action: Action.release.rawValue])
            } else {
                html.button(
                    "Jag tar ärendet", post: address, .secondary, with: [StaffCasePage.action: Action.take.rawValue])
            }
            if file.isClosed {
                html.button(
                    "Öppna igen", post: address, .secondary, with: [StaffCasePage.action: Action.reopen.rawValue])
            } else if file.obstacleToClosing == nil {
                html.button(
                    "Avsluta ärendet", post: address, .secondary, with: [StaffCasePage.action: Action.close.rawValue])
            }
        }
        if !file.isClosed, let obstacle = file.obstacleToClosing {
            html.p(obstacle.hintAboutClosing(mayErase: mayErase, in: file.topic), class: "hint")
        }
        if mayErase { writeErasure(into: &html) }
    }

    private func writeErasure(into html: inout HTMLWriter) {
        let form = form(.erase)
        html.h2("Radera ärendet för gott")
        html.p(
            "Ärendet raderas annars av sig självt när tiden har gått ut. Raderar du det nu försvinner allt som står i det, för alla. Det går inte att ångra."
        )
        html.form(post: address, form) { html in
            html.hidden(StaffCasePage.action, Action.erase.rawValue)
            html.erasureReason(in: form, of: TextErasureReason.ofCases)
            html.actions { $0.submit("Radera för gott", .danger) }
        }
    }

    private func form(_ action: Action) -> Form {
        var form = forms[action] ?? Form()
        form.idPrefix = action.rawValue
        return form
    }

    private func writeReply(into html: inout HTMLWriter) {
        let form = form(.reply)
        html.h2("Svara")
        writeAnswerChoice(into: &html)
        html.form(post: address, form) { html in
            html.hidden(StaffCasePage.action, Action.reply.rawValue)
            if file.other != nil {
                html.select(
                    StaffCasePage.audience, "Till", in: form,
                    options: (file.isUnasked ? [.other] : CaseAudience.allCases).map { ($0.rawValue, $0.swedish) })
            }
            html.textarea(
                .caseText, "Svar", in: form,
                hint: file.topic.matter == .rights
                    ? "Läses bara på webbplatsen: i mejlet står det att svaret finns, och en länk."
                    : isUnanswerable
                        ? "Den som skrev har ingen adress och får inte svaret."
                        : "Skickas med e-post och visas i ärendet.", maxLength: CaseStatement.longest)
            html.checkbox(StaffCasePage.awaits, "Jag frågar tillbaka: vi väntar på svar", in: form)
            html.actions { $0.submit("Skicka svaret") }
        }
    }

    /// A button, not automatic: a mail can name anybody's address for answers, so a person must see both addresses first.
    private func writeAnswerChoice(into html: inout HTMLWriter) {
        guard let other = file.otherAnswerAddress else { return }
        let number = if case .replyTo(of: let number) = other.choice { "\(number)" } else { "" }
        html.button(
            "Svara till \(other.address.text) i stället", post: address, .secondary,
            with: [StaffCasePage.action: Action.direct.rawValue, StaffCasePage.answersTo: number])
    }

    private func writeDecision(into html: inout HTMLWriter) {
        let form = form(.decide)
        html.h2("Besluta")
        if !others.isEmpty {
            html.p("Beslutet gäller \(SwedishNumber.inWords(others.count + 1)) anmälningar om samma text.")
        }
        if file.decision != nil {
            html.notice(
                "Saken är beslutad förut. Har beslutet överklagats prövas det av någon annan än den som fattade det.",
                .warning)
        }
        html.form(post: address, form) { html in
            html.hidden(StaffCasePage.action, Action.decide.rawValue)
            html.radios(
                StaffCasePage.outcome, "Beslut", in: form,
                options: CaseDecision.Outcome.allCases.map {
                    ($0.rawValue, $0.swedish(in: file.topic), $0.hint(in: file.topic))
                })
            html.textarea(
                StaffCasePage.rule, "Vad beslutet stöder sig på", in: form,
                hint: "Lagen eller punkten i villkoren.", optional: file.topic.matter == .rights, maxLength: 4000,
                rows: 2)
            html.textarea(
                .caseReasons, "Skäl", in: form,
                hint: file.topic.matter == .report
                    ? reportReasonsHint : "Parterna läser dem.", maxLength: 4000, rows: 6)
            html.actions { $0.submit("Besluta") }
        }
    }

    private var reportReasonsHint: String {
        isUnanswerable
            ? "Anmälan är anonym. Tas något bort läser den som skrev det dina skäl."
            : "Läses av den som anmälde och, om något tas bort, av den som skrev det. Skriv inte vem som anmälde."
    }

    private func writeIdentity(into html: inout HTMLWriter) {
        let form = form(.identify)
        html.h2("Kontrollera vem det är")
        html.p(
            "Skriv av det som personen har uppgett. Webbplatsen jämför med kontot och visar bara vad som stämmer. Be aldrig någon mejla sitt personnummer: ta det i telefon. Att du jämför antecknas, och medlemmen ser det."
        )
        html.form(post: address, form) { html in
            html.hidden(StaffCasePage.action, Action.identify.rawValue)
            html.field(.username, "Uppgivet användarnamn", in: form, maxLength: 60)
            html.field(.name, "Uppgivet namn", in: form, maxLength: 100)
            html.field(
                .personalIdentityNumber, "Uppgivet personnummer", in: form, .digits,
                hint: file.topic == .number
                    ? "Skriv av det från legitimationen."
                    : "Lämna tomt för att jämföra med ett nummer som står i ärendet.",
                optional: file.topic != .number, maxLength: 20, isShort: true)
            html.textarea(
                .caseReasons, "Hur gick det till?", in: form,
                hint: file.topic == .number
                    ? "Vilken legitimation du såg, och hur. Skriv inte av den."
                    : "Till exempel: uppgav numret i telefon.",
                maxLength: 1000, rows: 2)
            html.actions { $0.submit("Jämför") }
        }
    }

    /// First the identification, then the move: the number goes to nobody whose identity document no person has seen.
    private func writeNumber(into html: inout HTMLWriter) {
        guard file.identifiedAs != nil else { return writeIdentity(into: &html) }
        html.h2("Flytta personnumret")
        guard numberIsElsewhere else { return html.p("Numret hör redan till den legitimerades konto.") }
        html.p(
            "Den som har legitimerat sig får numret till sitt konto. Kontot som har haft numret avslutas av sig självt efter en tid, och syns till dess i kön av konton utan eget nummer."
        )
        html.button("Flytta numret", post: address, .danger, with: [StaffCasePage.action: Action.move.rawValue])
    }

    private func writeExtension(into html: inout HTMLWriter) {
        let form = form(.extend)
        html.h2("Behövs mer tid?")
        html.form(post: address, form) { html in
            html.hidden(StaffCasePage.action, Action.extend.rawValue)
            html.textarea(
                .caseReasons, "Varför tar det längre tid?", in: form, hint: "Den som frågade får läsa det.",
                maxLength: 4000, rows: 3)
            html.actions { $0.submit("Förläng tiden", .secondary) }
        }
    }

    private func writeNote(into html: inout HTMLWriter) {
        let form = form(.note)
        html.h2("Anteckna")
        html.form(post: address, form) { html in
            html.hidden(StaffCasePage.action, Action.note.rawValue)
            html.textarea(
                StaffCasePage.note, "Anteckning", in: form,
                hint: "Syns bara för personalen, men den som ärendet gäller får läsa den i sitt registerutdrag.",
                maxLength: 4000, rows: 3)
            html.actions { $0.submit("Spara", .secondary) }
        }
    }
}

extension CaseRefusal {
    /// Why there is no button to close the case.
    fileprivate func hintAboutClosing(mayErase: Bool, in topic: CaseTopic) -> String {
        if case .undecided = self { return "Ärendet avslutas med ett beslut." }
        switch topic.matter {
        case .support, .correction, .number:
            return "Ärendet kan avslutas när du har svarat." + (mayErase ? " Är det skräp raderar du det." : "")
        case .report, .dispute, .rights: return "Ärendet kan avslutas när du har svarat eller beslutat."
        }
    }
}
