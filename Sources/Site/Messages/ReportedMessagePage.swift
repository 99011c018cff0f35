import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// `/admin/anmalt-meddelande/{id}`
struct ReportedMessagePage: HTMLPage {
    enum Action: String { case open = "las", erase = "radera" }

    let entry: ReportedMessages.Entry
    let reports: [(report: MessageReport, time: Instant)]
    let openings: [ReportedMessages.Opening]
    let names: [MemberID: String]
    let mayOpen: Bool
    /// Whether a moderator has erased the message for good.
    let isErased: Bool
    let today: CalendarDate
    var form: Form
    /// The message, if it was opened for this one answer.
    var opened: ConversationMessage?

    var title: String { "Anmält meddelande från \(shownName(entry.author))" }
    var width: PageWidth { .narrow }
    var staffTab: SiteLink? { .staffReportedMessages() }

    private var numbers: SiteLink { .staffMessageNumbers(entry.message) }

    private func name(_ member: MemberID) -> String { names[member] ?? "Tidigare medlem" }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Anmälda meddelanden", .staffReportedMessages())])
        html.h1(title)
        if let opened { writeMessage(opened, into: &html) }
        html.h2("Anmälningar")
        for (report, time) in reports {
            html.facts { html in
                html.fact("Anmält av", name(report.reporter))
                html.fact("När") { $0.exactTime(time) }
                html.fact("Skäl", report.reason.words)
                if let note = report.note {
                    html.fact(
                        "Beskrivning", MaskedText(note.text.value ?? "Raderad", today: today), shownAt: numbers)
                }
            }
        }
        writeOpenings(into: &html)
        guard !isErased else { return html.notice("Meddelandet är raderat för gott.") }
        writeForm(into: &html)
        writeErasure(into: &html)
    }

    private func writeErasure(into html: inout HTMLWriter) {
        html.h2("Radera meddelandet för gott")
        html.p("Texten förstörs för alla i samtalet, och där står att meddelandet är raderat. Det går inte att ångra.")
        let sent = form.mentions(.erasureReason) ? form : nil
        html.form(post: .staffReportedMessage(entry.message), sent) { html in
            html.hidden(ReportedMessageController.action, Action.erase.rawValue)
            html.erasureReason(in: form)
            html.actions { $0.submit("Radera för gott", .danger) }
        }
    }

    private func writeMessage(_ message: ConversationMessage, into html: inout HTMLWriter) {
        html.element(.figure, class: "quote") { html in
            html.element(.figcaption) { html in
                html.text("\(name(message.author)) skrev ")
                html.exactTime(message.sent)
            }
            html.element(.blockquote) { html in
                guard let text = message.text.value else { return html.p("Meddelandet är raderat") }
                let masked = MaskedText(text.text, today: today)
                if masked.holdsNumber { html.masked(masked, shownAt: numbers) } else { html.message(text) }
            }
        }
        html.notice("Det är noterat i loggen att du har läst det, och alla i samtalet får veta det.")
    }

    private func writeOpenings(into html: inout HTMLWriter) {
        guard !openings.isEmpty else { return }
        html.h2("Läst av administrationen")
        html.list(openings) { opening, html in
            html.exactTime(opening.time)
            html.text(", \(opening.reason.label.lowercased())")
        }
    }

    private func writeForm(into html: inout HTMLWriter) {
        guard mayOpen else {
            return html.notice("Bara en administratör kan läsa meddelandet.")
        }
        html.h2(opened == nil ? "Läs meddelandet" : "Läs meddelandet igen")
        html.p(
            "Du får läsa just det här meddelandet, inte resten av samtalet. Att du har läst det noteras för alltid, och de som är med i samtalet ser när och varför, men inte vem du är."
        )
        let sent = form.mentions(ReportedMessageController.reason) ? form : nil
        html.form(post: .staffReportedMessage(entry.message), sent) { html in
            html.hidden(ReportedMessageController.action, Action.open.rawValue)
            html.radios(
                ReportedMessageController.reason, "Varför behöver du läsa det?", in: form,
                options: OpeningReason.allCases.map { ($0.rawValue, $0.label, nil) })
            html.actions { $0.submit("Läs meddelandet") }
        }
    }
}
