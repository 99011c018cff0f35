import Accounts
import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// `/admin/arende/{id}`: everything in a case, and the staff's actions on it.
struct StaffCasePage: HTMLPage {
    static let action: FieldName = "atgard"
    static let audience: FieldName = "till"
    static let awaits: FieldName = "fraga-tillbaka"
    static let note: FieldName = "anteckning"
    static let outcome: FieldName = "beslut"
    static let rule: FieldName = "regel"
    static let mail: FieldName = "mejl"
    /// The number of the mail whose Reply-To receives the answers; empty for the sender's own address.
    static let answersTo: FieldName = "svar-till"

    enum Action: String, CaseIterable {
        case reply = "svara", note = "anteckna", take = "ta", release = "slapp", close = "avsluta", reopen = "oppna"
        case decide = "besluta", extend = "forlang", identify = "kontrollera", acceptMail = "infoga"
        case erase = "radera", direct = "svarsadress", move = "flytta-numret"
    }

    /// The names that may be shown; nil for a former member.
    struct Names: Sendable {
        /// As typed, for one who is not signed in.
        let opener: String
        let other: String?
        let assignee: String?
        let staff: [MemberID: String]

        /// The name to show: a personal identity number in it is masked.
        func shown(_ party: CaseParty, today: CalendarDate) -> String {
            party == .opener ? MaskedText(opener, today: today).text : other ?? "Den andra parten"
        }
    }

    let record: CaseRecord
    let names: Names
    let reader: MemberID
    let due: Instant?
    let warnings: Int
    let today: CalendarDate
    let target: ReportTarget?
    /// The reported or removed texts.
    let texts: [JudgedText]
    /// Further reports of the same text, which are decided together with this one.
    let others: [CaseRecord]
    /// The member that the reader may suspend because of this case.
    let suspendable: PublicMember?
    /// Whether the reader may erase the case before its time, which only administrators may.
    let mayErase: Bool
    /// Whether the account of the person identified in a case about a number is without it.
    let numberIsElsewhere: Bool
    /// The parties whose mail bounces.
    let unreached: [CaseParty]
    var forms: [Action: Form] = [:]
    var change: CaseChange?
    var problem: String?

    var file: CaseFile { record.file }
    var address: SiteLink { .staffCase(file.id) }
    /// Whether there is no way to answer the opener: an anonymous report, or a mail without a usable sender.
    var isUnanswerable: Bool { file.opener == nil && file.contact == nil && !file.isUnasked }

    var title: String {
        record.opening?.subject.map { MaskedText($0, today: today).text } ?? file.topic.swedish
    }

    var staffTab: SiteLink? { file.topic.matter == .report ? .moderationQueue() : .staffCases() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([
            file.topic.matter == .report
                ? Breadcrumb("Anmälningar", .moderationQueue()) : Breadcrumb("Ärenden", .staffCases())
        ])
        html.pageHead(title)
        if let change { html.notice(change.words, .success) }
        if let problem { html.notice(problem, .error) }
        if warnings > 0, due != nil { html.notice("Frågan har väntat länge. Svara före tiden nedan.", .warning) }
        facts(into: &html)
        for party in unreached {
            let name = names.shown(party, today: today)
            html.notice("Mejl till \(name) kommer tillbaka. Svaret läses bara i ärendet, om det alls nås.", .warning)
        }
        if texts.isEmpty, let target { target.write(into: &html) }
        for text in texts {
            html.judged(
                text, for: .staff(today: today, numbers: .staffCaseNumbers(file.id)), wasRemoved: file.isUnasked)
        }
        if file.topic.matter == .report { html.h2(file.isUnasked ? "Vad som har hänt" : "Anmälan") }
        html.element(.ol, class: "news-list") { html in
            for entry in record.entries { write(entry, into: &html) }
        }
        writeOthers(into: &html)
        writeForms(into: &html)
    }

    private func writeOthers(into html: inout HTMLWriter) {
        guard !others.isEmpty else { return }
        html.h2("Fler anmälningar om samma text")
        html.p("Beslutet gäller alla anmälningarna, och var och en som har anmält får svar.", class: "muted")
        html.element(.ol, class: "news-list") { html in
            for other in others {
                html.li { html in
                    html.element(.h3) { $0.link(other.file.topic.swedish, to: .staffCase(other.file.id)) }
                    html.p(class: "meta") { $0.exactTime(other.file.openedAt) }
                    if let text = other.opening?.text { write(text, into: &html) }
                }
            }
        }
    }

    private func facts(into html: inout HTMLWriter) {
        html.facts { html in
            html.fact("Ärende", file.topic.swedishWithMatter)
            html.ground(of: file.topic, isStaff: true)
            html.fact("Nummer", file.id.description)
            html.fact("Från", names.shown(.opener, today: today))
            writeAddresses(into: &html)
            if let other = names.other { html.fact(file.topic.matter == .report ? "Skrivet av" : "I tvist med", other) }
            html.fact("Läge", file.phase.swedish)
            html.fact("Tas om hand av", names.assignee ?? "Ingen")
            if let due {
                html.fact(file.topic.matter == .rights ? "Klart senast" : "Svar senast") { $0.exactTime(due) }
            }
        }
    }

    /// A mail's sender is not verified, and its Reply-To may be anybody's address.
    private func writeAddresses(into html: inout HTMLWriter) {
        guard let contact = file.contact?.value.value else {
            if isUnanswerable { html.fact("Svarsadress", "Ingen", meta: "Ett svar når ingen") }
            return
        }
        let unchecked = file.opener == nil ? "Inte kontrollerad" : nil
        guard file.opener == nil, let answers = file.answerAddress else {
            return html.fact("Svarsadress", contact.address.shown, meta: unchecked)
        }
        html.fact(
            "Svarsadress", answers.address.shown,
            meta: answers.isReplyTo ? "Stod som svarsadress i mejlet. Inte kontrollerad" : unchecked)
        if answers.isReplyTo { html.fact("Skrev från", contact.address.shown, meta: unchecked) }
        guard let other = file.otherAnswerAddress else { return }
        if case .replyTo = other.choice {
            html.fact("Vill ha svar till", other.address.text, meta: "Står i mejlet. Inte kontrollerad")
        }
    }

    private func write(_ text: String, into html: inout HTMLWriter) {
        html.masked(MaskedText(text, today: today), shownAt: .staffCaseNumbers(file.id))
    }

    private func write(_ entry: CaseRecord.Entry, into html: inout HTMLWriter) {
        guard let line = line(entry) else { return }
        html.li { html in
            html.h2(line.heading)
            html.p(class: "meta") { html in
                html.exactTime(entry.at)
                html.text(line.note.map { ". \($0)." } ?? "")
            }
            for text in line.texts { write(text, into: &html) }
            if line.isErased { html.p("Raderat.", class: "gone") }
            if case .mailReceived(let mail) = entry.event, let kept = mail.file {
                html.p { html in
                    html.link(
                        "Ladda ner mejlet som det kom (\(SwedishNumber.bytes(kept.bytes)))",
                        to: .staffCaseMail(file.id, mail.number))
                }
                html.p(
                    "Öppna filen i ett mejlprogram, som du öppnar mejl från okända: klicka inte på länkar i den.",
                    class: "muted")
            }
            if case .mailSetAside(_, _, let number) = entry.event, file.setAside.contains(number) {
                html.button(
                    "Det är parten: ta in mejlet i ärendet", post: address, .secondary,
                    with: [StaffCasePage.action: Action.acceptMail.rawValue, StaffCasePage.mail: "\(number)"])
            }
        }
    }
}
