import Accounts
import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

extension IssueChange {
    var words: String {
        switch self {
        case .saved: "Utkastet är sparat."
        case .tested: "Provet är på väg till din egen adress."
        case .scheduled: "Nyhetsbrevet är planerat. När tiden är inne skickas det av sig självt."
        case .unscheduled: "Nyhetsbrevet är ett utkast igen."
        case .stopped: "Utskicket är stoppat. De som inte har fått brevet får det inte."
        }
    }
}

/// `/admin/nyhetsbrev/{id}`: one issue, from draft to figures.
struct IssuePage: HTMLPage {
    static let subject: FieldName = "amne"
    static let text: FieldName = "text"
    static let day: FieldName = "dag"
    static let time: FieldName = "klockslag"
    static let action: FieldName = "atgard"

    enum Action: String {
        case save = "spara", test = "prova", schedule = "planera", send = "skicka", unschedule = "avplanera"
        case stop = "stoppa", discard = "kasta", withdraw = "ta-bort"
    }

    let id: IssueID
    let issue: Issue
    let form: Form
    let change: IssueChange?
    let figures: NewsletterIssues.Figures?
    let waiting: Int
    let readers: Int
    let rules: PolicyRules
    let preview: Preview?
    var problem: String?

    /// The issue as it will be mailed, formatted and as plain text.
    struct Preview: Sendable {
        let siteName: String
        let subject: String
        let body: IssueBody
        let plain: String

        init(_ text: IssueText, _ id: IssueID, label: String, of site: WebEnvironment) throws {
            siteName = site.name
            subject = text.subject
            body = try IssueBody(text.body)
            let mail = try MailText.newsletter(
                text, id, label: label, isOnTrial: false, at: site.baseURL, siteName: site.name)
            plain = MailSheet.words(of: mail, at: site.baseURL)
        }
    }

    private var issueText: IssueText? { issue.facts?.text.value }

    var title: String { issueText?.subject ?? "Nyhetsbrev" }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Administration", .administration), Breadcrumb("Nyhetsbrev", .newsletter())])
        html.pageHead(title, lead: state)
        if let change { html.notice(change.words, .success) }
        if let problem { html.notice(problem, .error) }
        switch issue {
        case .none, .discarded, .withdrawn: break
        case .draft: draft(into: &html)
        case .scheduled(_, let due): scheduled(due, into: &html)
        case .sending: sending(into: &html)
        case .sent: sent(into: &html)
        }
        if let preview { write(preview, into: &html) }
    }

    private var state: String {
        switch issue {
        case .none, .discarded, .withdrawn: ""
        case .draft: "Utkast"
        case .scheduled(_, let due): "Skickas den \(RelativeTime(due, now: due).exact)"
        case .sending: "På väg ut"
        case .sent(_, _, let end, let wasStopped):
            "\(wasStopped ? "Stoppat" : "Skickat") den \(RelativeTime(end, now: end).exact)"
        }
    }

    private func draft(into html: inout HTMLWriter) {
        let isTextWrong = [IssuePage.subject, IssuePage.text].contains { form.message(for: $0) != nil }
        html.form(post: .staffIssue(id), isTextWrong ? form : nil) { html in
            html.issueFields(form)
            html.actions { $0.submit("Spara utkastet", choice: (IssuePage.action, Action.save.rawValue)) }
        }
        html.h2("Prova")
        html.p("Skickar det sparade utkastet som mejl till dig, och bara till dig.")
        button("Skicka ett prov till mig", .test, into: &html)
        html.h2("Skicka")
        html.p(
            "Går till dem som har tackat ja: just nu \(Figure(readers, minimum: rules.minimumCount).words). Det som är sparat skickas. Vad var och en har valt ser vi efter igen när mejlet går."
        )
        let isTimeWrong = [IssuePage.day, IssuePage.time].contains { form.message(for: $0) != nil }
        html.form(post: .staffIssue(id), isTimeWrong ? form : nil) { html in
            html.field(IssuePage.day, "Dag", in: form, .date, isShort: true)
            html.field(IssuePage.time, "Klockslag", in: form, hint: "Till exempel 08.30.", isShort: true)
            html.actions { $0.submit("Planera", .secondary, choice: (IssuePage.action, Action.schedule.rawValue)) }
        }
        button("Skicka nu", .send, into: &html)
        html.h2("Kasta")
        html.p("Texten raderas och går inte att få tillbaka.")
        button("Kasta utkastet", .discard, .danger, into: &html)
    }

    private func scheduled(_ due: Instant, into html: inout HTMLWriter) {
        html.p("Texten ligger fast. Vill du ändra den, gör brevet till ett utkast igen.")
        button("Gör till utkast igen", .unschedule, .secondary, into: &html)
        button("Skicka ett prov till mig", .test, .secondary, into: &html)
    }

    private func sending(into html: inout HTMLWriter) {
        guard let figures else { return }
        let done = figures.handedOver + figures.givenUp + figures.suppressed
        html.progress("Skickar", id: "sending", percent: done * 100 / max(done + waiting, readers, 1))
        html.p { html in
            html.text("Det går i omgångar, och annan post går före. ")
            html.link("Uppdatera", to: .staffIssue(id))
        }
        facts(figures, into: &html)
        button("Stoppa utskicket", .stop, .danger, into: &html)
    }

    private func sent(into html: inout HTMLWriter) {
        if let figures { facts(figures, into: &html) }
        html.p { $0.link("Läs i arkivet", to: .newsletterIssue(id)) }
        html.h2("Ta bort ur arkivet")
        html.p("Texten raderas hos oss. De som har fått mejlet har det kvar.")
        button("Ta bort ur arkivet", .withdraw, .danger, into: &html)
    }

    /// The figures of an issue, from mail servers and unsubscriptions only: opens and clicks are not tracked.
    private func facts(_ figures: NewsletterIssues.Figures, into html: inout HTMLWriter) {
        html.h2("Så har det gått")
        html.p(
            "Vi följer inte vem som öppnar eller klickar. Tal under \(SwedishNumber.inWords(rules.minimumCount)) visas inte.",
            class: "muted")
        let figure = { (count: Int) in Figure(count, minimum: rules.minimumCount).words }
        html.facts { html in
            html.fact("Lämnade till mejlservern", figure(figures.handedOver))
            html.fact("Gick inte att skicka", figure(figures.givenUp))
            html.fact("Kom tillbaka", figure(figures.bounced))
            html.fact("Skickades inte", figure(figures.suppressed), meta: "hann säga nej eller sluta")
            html.fact("Avslutade nyhetsbrevet efteråt", figure(figures.unsubscribed))
        }
    }

    private func button(
        _ label: String, _ action: Action, _ kind: HTMLWriter.ButtonKind = .primary, into html: inout HTMLWriter
    ) {
        html.form(post: .staffIssue(id)) { html in
            html.actions { $0.submit(label, kind, choice: (IssuePage.action, action.rawValue)) }
        }
    }

    private func write(_ preview: Preview, into html: inout HTMLWriter) {
        html.h2("Så ser mejlet ut")
        html.facts { html in
            html.fact("Från", preview.siteName)
            html.fact("Ämne", preview.subject)
        }
        html.section(class: "preview") { $0.issue(preview.body, label: rules.advertising.label) }
        html.element(.details) { html in
            html.element(.summary, text: "Som ren text")
            html.element(.pre, .focusable, text: preview.plain)
        }
    }
}
