import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/admin/registreringar`: the accounts whose number is another account's (P-16.6), and the sign-ups of an older log that wait for a review.
struct ReviewsPage: HTMLPage {
    let duplicates: [DuplicateEntry]
    let waiting: [ReviewQueue.Entry]
    let paging: Paging

    var title: String { "Registreringar med någon annans personnummer" }
    var staffTab: SiteLink? { .staffReviews() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title,
            lead:
                "Kontona fungerar som andra och avslutas av sig själva. Den som har kontot vet inte att numret är upptaget."
        )
        if duplicates.isEmpty {
            html.emptyState("Inga sådana konton", "Här syns konton vars personnummer hör till ett annat konto.")
        } else {
            writeDuplicates(into: &html)
        }
        if !waiting.isEmpty { writeWaiting(into: &html) }
    }

    private func writeDuplicates(into html: inout HTMLWriter) {
        html.table(
            "Konton", [Column("Personnumret"), Column("Bekräftat"), Column("Avslutas"), Column("Gör så här")],
            rows: duplicates
        ) { entry, column, html in
            switch column {
            case 0: html.text(entry.holder.words)
            case 1: html.exactTime(entry.since)
            case 2: html.exactTime(entry.end)
            default: link("Granska", "kontot från", entry.member, entry.since, into: &html)
            }
        }
        html.pager(paging) { .staffReviews(page: $0) }
    }

    private func writeWaiting(into html: inout HTMLWriter) {
        html.h2("Äldre registreringar som väntar på kontroll")
        html.table(
            "Registreringar", [Column("Väntar sedan"), Column("Varför"), Column("Gör så här")], rows: waiting
        ) { entry, column, html in
            switch column {
            case 0: html.exactTime(entry.since)
            case 1: html.text(entry.reason.words)
            default: link("Granska", "registreringen från", entry.member, entry.since, into: &html)
            }
        }
    }

    private func link(
        _ label: String, _ what: String, _ member: MemberID, _ since: Instant, into html: inout HTMLWriter
    ) {
        html.element(.a, .href(.staffReview(member))) { html in
            html.text(label)
            html.span(" \(what) \(RelativeTime(since, now: html.now).exact)", class: "visually-hidden")
        }
    }
}

/// `/admin/registrering/{id}`: one sign-up to approve or reject; whose number it uses is not shown.
struct ReviewPage: HTMLPage {
    let entry: ReviewQueue.Entry
    /// When the sign-up is erased automatically.
    let end: Instant?
    let numberIsFree: Bool
    /// Whether this reader may open the submitted data.
    let mayOpen: Bool
    let form: Form
    /// The submitted data, once opened.
    var account: Account?
    var problem: Accounts.ReviewOutcome?

    var title: String { "Granska en registrering" }
    var staffTab: SiteLink? { .staffReviews() }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Registreringar", .staffReviews())])
        html.h1(title)
        if let words = problem?.words { html.notice(words, .error) }
        html.errorSummary(form)
        html.facts { html in
            html.fact("Väntar sedan") { $0.exactTime(entry.since) }
            html.fact("Varför", entry.reason.words)
            html.fact("Personnumret nu", numberIsFree ? "Ledigt" : "Hör till en annan medlem")
            if let end { html.fact("Raderas av sig själv") { $0.exactTime(end) } }
        }
        writeDetails(into: &html)
        writeDecision(into: &html)
    }

    private func writeDetails(into html: inout HTMLWriter) {
        guard mayOpen else { return }
        html.h2("Uppgifterna")
        guard let account, let identity = account.identity.value.value else {
            html.p("Öppna dem bara om du behöver dem för att avgöra saken. Att du gör det står i granskningsloggen.")
            html.form(post: .staffReview(entry.member)) { html in
                html.actions {
                    $0.submit("Visa uppgifterna", .secondary, choice: (.action, ReviewAction.open.rawValue))
                }
            }
            return
        }
        html.facts { html in
            html.fact("Namn", identity.name.text)
            html.fact("Användarnamn", identity.username.text)
            html.fact("E-postadress", account.email?.value.value?.text ?? "Raderad")
            html.fact("Kommun", account.municipality?.value.value?.name ?? "Uppgift saknas")
            html.fact("Personnummer", PersonalIdentityNumber.masked)
        }
    }

    private func writeDecision(into html: inout HTMLWriter) {
        html.h2("Godkänn")
        if numberIsFree {
            html.p("Den som har registrerat sig blir medlem och får ett mejl.")
            html.form(post: .staffReview(entry.member)) { html in
                html.actions { $0.submit("Godkänn", choice: (.action, ReviewAction.approve.rawValue)) }
            }
        } else {
            html.p("Det går först när personnumret är ledigt.")
        }
        html.h2("Avslå")
        html.p("Den som har registrerat sig får ett mejl utan skäl, och uppgifterna raderas.")
        html.form(post: .staffReview(entry.member)) { html in
            html.radios(
                .rejection, "Skäl, för granskningsloggen", in: form,
                options: RejectionReason.allCases.map { (value: $0.rawValue, label: $0.words, hint: nil) })
            html.actions { $0.submit("Avslå", .danger, choice: (.action, ReviewAction.reject.rawValue)) }
        }
    }
}

extension ReviewReason {
    fileprivate var words: String {
        switch self {
        case .numberTaken: "Personnumret hör till en annan medlem"
        }
    }
}

extension RejectionReason {
    fileprivate var words: String {
        switch self {
        case .numberNotProved: "Inget visar att personnumret är den sökandes eget"
        case .namesTaken: "E-postadressen eller användarnamnet hör till någon annan nu"
        case .withdrawn: "Den sökande vill inte längre bli medlem"
        }
    }
}

extension Accounts.ReviewOutcome {
    fileprivate var words: String? {
        switch self {
        case .decided: nil
        case .numberTaken: "Det gick inte: personnumret hör till en annan medlem."
        case .emailTaken: "Det gick inte: e-postadressen hör till en annan medlem nu."
        case .usernameTaken: "Det gick inte: användarnamnet hör till en annan medlem nu."
        }
    }
}
