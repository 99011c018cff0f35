import Events
import HTML
import Messaging
import Processes
import SiteMap

/// `/arenden/{id}` and `/arende/{id}/{token}`: a case as a party sees it, with the form for writing in it.
struct PartyCasePage: HTMLPage {
    static let action: FieldName = "atgard"

    enum Action: String { case write = "skriv", appeal = "omprova" }

    let conversation: CaseConversation
    let address: SiteLink
    let isMember: Bool
    /// The time by which an answer is promised; nil when no question waits.
    let due: Instant?
    let appealUntil: Instant?
    /// The reader's own texts that the case is about.
    let texts: [JudgedText]
    /// The link to the access report, when it was granted.
    let report: SiteLink?
    var form = Form()
    var appeal = Form(idPrefix: "omprovning")
    var change: CaseChange?

    private var file: CaseFile { conversation.file }

    var title: String { conversation.title }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        if isMember { html.breadcrumbs([Breadcrumb("Mina ärenden", .ownCases)]) }
        html.h1(title)
        if let change { html.notice(change.words, .success) }
        html.facts { html in
            html.fact("Ärende", file.topic.matter.swedish)
            html.ground(of: file.topic, isStaff: false)
            html.fact("Nummer", file.id.description)
            html.fact("Läge", conversation.phase)
            html.fact("Öppnat") { $0.exactTime(file.openedAt) }
            if let due { html.fact("Svar senast") { $0.exactTime(due) } }
        }
        if file.isSharedByParties {
            html.notice("Det här är en tvist. Den andra parten läser det du skriver.", .warning)
        }
        for text in texts { html.judged(text, for: .author, wasRemoved: file.isUnasked) }
        if !texts.isEmpty { html.h2("Beslutet och det som har sagts") }
        html.conversation(conversation.lines, in: file.topic)
        if let report {
            html.notice(.success) { html in
                html.p("Ditt registerutdrag är klart. Förvara filen där bara du kommer åt den.")
                html.actions { $0.buttonLink("Ladda ner utdraget", to: report) }
            }
        }
        if let appealUntil { writeAppeal(until: appealUntil, into: &html) } else { writeForm(into: &html) }
    }

    private func writeForm(into html: inout HTMLWriter) {
        html.h2(file.isClosed ? "Vill du tillägga något?" : "Skriv i ärendet")
        html.form(post: address, form) { html in
            html.hidden(PartyCasePage.action, Action.write.rawValue)
            html.textarea(
                .caseText, "Meddelande", in: form, hint: "Skriv inget personnummer och inget lösenord.",
                maxLength: CaseStatement.longest, rows: 6)
            html.actions { $0.submit("Skicka") }
        }
    }

    private func writeAppeal(until end: Instant, into html: inout HTMLWriter) {
        html.h2("Tycker du att beslutet är fel?")
        html.p { html in
            html.text("Till den ")
            html.exactTime(end)
            html.text(
                " kan du be oss pröva det en gång till. Det prövas av någon annan än den som beslutade.")
        }
        html.form(post: address, appeal) { html in
            html.hidden(PartyCasePage.action, Action.appeal.rawValue)
            html.textarea(
                .caseText, "Varför är beslutet fel?", in: appeal, maxLength: CaseStatement.longest, rows: 6)
            html.actions { $0.submit("Begär omprövning") }
        }
    }
}
