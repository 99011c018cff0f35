import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/admin/rattelser`: the waiting requests, oldest first.
struct CorrectionQueuePage: HTMLPage {
    let entries: [CorrectionList.Entry]
    let names: [MemberID: String]
    let paging: Paging

    var title: String { "Rättelser" }

    var staffTab: SiteLink? { .staffCorrections() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Begäranden som väntar på beslut.")
        guard !entries.isEmpty else {
            return html.emptyState("Ingen begäran väntar", "Nya syns här så snart en medlem har skickat dem.")
        }
        html.table(
            "Begäranden om rättelse", [Column("Begärd"), Column("Medlem"), Column("Uppgift"), Column("Läge")],
            rows: entries
        ) { entry, column, html in
            switch column {
            case 0: html.exactTime(entry.requestedAt)
            case 1: html.text(names[entry.member] ?? "Tidigare medlem")
            case 2: html.link(entry.field.swedish.firstUpper, to: .staffCorrection(entry.id))
            default: html.text(entry.state == .compared ? "Jämförd" : "Ny")
            }
        }
        html.pager(paging) { .staffCorrections(page: $0) }
    }
}

/// `/admin/rattelse/{id}`: one request; its data are shown only after a reason is given.
struct CorrectionPage: HTMLPage {
    /// What the staff may note: no lookup is made, so nobody states what the population register says.
    static let offered: [Comparison] = [.documentAgrees, .differs, .nothingFound]

    static let action: FieldName = "atgard"
    static let note: FieldName = "anteckning"
    static let comparison: FieldName = "jamforelse"
    static let reason: FieldName = "skal"

    enum Action: String {
        case open = "oppna", compare = "jamfor", approve = "godkann", reject = "avsla"
    }

    struct Opened: Sendable {
        let identity: Identity?
        let allowsRegister: Bool
    }

    let id: CorrectionID
    let request: CorrectionRequest
    let correction: Correction
    let username: String?
    let today: CalendarDate
    var form: Form
    var change: SettingsChange?
    var problem: String?
    var opened: Opened?

    var title: String { "Rättelse av \(correction.field.swedish)" }

    var staffTab: SiteLink? { .staffCorrections() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title)
        if let change { html.notice(change.words, .success) }
        if let problem { html.notice(problem, .error) }
        html.facts { html in
            html.fact("Medlem", username ?? "Tidigare medlem")
            html.fact("Begärd") { $0.exactTime(correction.requestedAt) }
            html.fact("Läge", state)
        }
        if let opened { write(opened, into: &html) }
        switch request {
        case .none: break
        case .requested:
            if opened == nil { askToOpen(into: &html) } else { compare(into: &html) }
        case .compared(_, let comparison):
            if opened == nil { askToOpen(into: &html) } else { compare(into: &html) }
            decide(comparison.value.value, into: &html)
        case .decided(_, _, let decision):
            html.facts { html in
                html.fact("Beslut") { html in
                    html.text(decision.isApproved ? "Godkänd " : "Avslagen ")
                    html.exactTime(decision.at)
                }
                html.fact(
                    "Skäl", MaskedText(decision.reason.value.value?.text ?? "Raderat", today: today),
                    shownAt: .staffCorrectionNumber(id))
            }
        }
    }

    private var state: String {
        switch request {
        case .none: ""
        case .requested: "Väntar på jämförelse"
        case .compared(_, let comparison): "Jämförd: \(comparison.value.value?.swedish.lowercasedFirst ?? "raderad")"
        case .decided: "Avgjord"
        }
    }

    private func askToOpen(into html: inout HTMLWriter) {
        html.h2("Se uppgifterna")
        html.p("Uppgifterna är dolda. Öppnar du dem antecknas det, och medlemmen ser när, varför och i vilken roll.")
        html.form(post: .staffCorrection(id), form.mentions(CorrectionPage.note) ? form : nil) { html in
            html.hidden(CorrectionPage.action, Action.open.rawValue)
            html.field(
                CorrectionPage.note, "Varför behöver du se dem?", in: form, hint: "Medlemmen får läsa det du skriver.",
                maxLength: 500)
            html.actions { $0.submit("Visa uppgifterna") }
        }
    }

    private func write(_ opened: Opened, into html: inout HTMLWriter) {
        html.h2("Uppgifterna")
        html.notice("De visas bara nu. När du lämnar sidan är de dolda igen.")
        let wish = correction.wish.value.value
        html.facts { html in
            switch correction.field {
            case .name: html.fact("Namn nu", opened.identity?.name.text ?? "Uppgift saknas")
            case .sex: html.fact("Kön nu", opened.identity?.sex.words ?? "Uppgift saknas")
            case .personalIdentityNumber:
                html.fact(
                    "Personnummer nu", opened.identity == nil ? "Uppgift saknas" : PersonalIdentityNumber.masked)
            }
            html.fact("Ska vara", wish.map { $0.value.shown } ?? "Raderat")
            if correction.field == .personalIdentityNumber {
                html.fact("Numren") { $0.link("Visa båda", to: .staffCorrectionNumber(id)) }
            }
            html.fact(
                "Medlemmens skäl",
                MaskedText(
                    wish.map { $0.grounds.isEmpty ? "Inga angivna" : $0.grounds } ?? "Raderade", today: today),
                shownAt: .staffCorrectionNumber(id))
            html.fact(
                "Folkbokföringen",
                opened.allowsRegister
                    ? "Inga uppslag görs än, fast medlemmen har samtyckt: be om en handling"
                    : "Inget samtycke: slå inte upp, be om en handling")
        }
    }

    private func compare(into html: inout HTMLWriter) {
        html.h2("Jämför")
        html.form(post: .staffCorrection(id), form.mentions(CorrectionPage.comparison) ? form : nil) { html in
            html.hidden(CorrectionPage.action, Action.compare.rawValue)
            html.radios(
                CorrectionPage.comparison, "Vad visade jämförelsen?", in: form,
                options: CorrectionPage.offered.map { ($0.rawValue, $0.swedish, nil) },
                hint: "Vi sparar bara vad den visade, inte handlingen.")
            html.actions { $0.submit("Anteckna") }
        }
    }

    private func decide(_ comparison: Comparison?, into html: inout HTMLWriter) {
        html.h2("Besluta")
        html.form(post: .staffCorrection(id), form.mentions(CorrectionPage.reason) ? form : nil) { html in
            html.textarea(
                CorrectionPage.reason, "Skäl för beslutet", in: form,
                hint: "Medlemmen läser dem under Inställningar. Skriv inget personnummer.", maxLength: 2000, rows: 4)
            html.actions { html in
                if comparison?.isInFavour == true {
                    html.submit("Godkänn", choice: (CorrectionPage.action, Action.approve.rawValue))
                }
                html.submit("Avslå", .secondary, choice: (CorrectionPage.action, Action.reject.rawValue))
            }
        }
    }
}

extension Comparison {
    /// Whether approving the requested value is possible.
    fileprivate var isInFavour: Bool {
        switch self {
        case .registerAgrees, .documentAgrees: true
        case .differs, .nothingFound: false
        }
    }
}

extension CorrectedValue {
    fileprivate var shown: String {
        switch self {
        case .name(let name): name.text
        case .sex(let sex): sex.words
        case .personalIdentityNumber: PersonalIdentityNumber.masked
        }
    }
}

extension Form {
    func mentions(_ field: FieldName) -> Bool { message(for: field) != nil }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
