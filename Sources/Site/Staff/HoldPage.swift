import Accounts
import Events
import HTML
import Processes
import SiteMap
import Web

/// `/admin/medlem/{id}/bevara`: one administrator proposes a legal hold on a member's data or its renewal, and another approves (P-10.1).
struct HoldPage: HTMLPage {
    static let reference: FieldName = "referens"
    static let lastDay: FieldName = "till"
    static let secret: FieldName = "hemligt"
    static let action: FieldName = "gor"
    static let proposal: FieldName = "forslag"

    enum Action: String {
        case propose = "foresla"
        case approve = "godkann"
        case decline = "avsla"
        case lift = "hav"
    }

    let id: MemberID
    let name: String
    let hold: LegalHold
    let open: HoldProposal?
    /// The proposer's name; nil without a proposal.
    let proposer: String?
    let isOwnProposal: Bool
    /// True when there is no other administrator who could approve.
    let isOnlyAdministrator: Bool
    let asksForCode: Bool
    /// The latest day that can be chosen.
    let latest: CalendarDate
    var form = Form()

    var title: String { "Bevara uppgifter" }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(name, .staffMember(id))])
        html.pageHead(
            title,
            lead:
                "Medan uppgifterna bevaras raderas de inte, även om tiden har gått ut. Ingen kan öppna dem för det. Det krävs två: en administratör föreslår, en annan godkänner."
        )
        if case .active(let order, let since) = hold { writeHold(order, since: since, into: &html) }
        if let open { decide(open, into: &html) } else { propose(into: &html) }
        if case .active = hold { lift(into: &html) }
    }

    private func writeHold(_ order: HoldOrder, since: Instant, into html: inout HTMLWriter) {
        html.h2("Bevaras nu")
        html.facts { html in
            html.fact("Bevaras sedan") { $0.exactTime(since) }
            writeFacts(order, into: &html)
        }
    }

    private func writeFacts(_ order: HoldOrder, into html: inout HTMLWriter) {
        html.fact("Till och med") { html in
            if let day = order.lastDay { html.date(day) } else { html.text("Inget slut är bestämt") }
        }
        html.fact("Myndighet och diarienummer", order.reference.value.value?.text ?? "Uppgift saknas")
        html.fact(
            "Hemligt",
            order.isSecret ? "Ja, medlemmen får inte veta det än" : "Nej, medlemmen får veta det")
    }

    private func decide(_ open: HoldProposal, into html: inout HTMLWriter) {
        html.h2(hold == .inactive ? "Förslag som väntar" : "Förslag om förlängning som väntar")
        html.facts { html in
            html.fact("Föreslaget") { $0.exactTime(open.at) }
            html.fact("Av", isOwnProposal ? "dig" : proposer ?? "en administratör")
            writeFacts(open.order, into: &html)
            html.fact("Förslaget gäller till") { $0.exactTime(open.end) }
        }
        if !isOwnProposal {
            writeForm(.approve, open.id, into: &html) { form, html in
                html.secondFactor(in: form, isAsked: asksForCode)
                html.actions { $0.submit("Godkänn och bevara") }
            }
        } else if isOnlyAdministrator {
            html.notice(
                "Det finns ingen annan administratör som kan godkänna. Den som driver webbplatsen gör det med kommandot ”mikroforetag holds confirm \(open.id)”.",
                .warning)
        } else {
            html.p("En annan administratör behöver godkänna förslaget.", class: "muted")
        }
        writeForm(.decline, open.id, into: &html) { _, html in
            html.actions { html in
                html.submit(isOwnProposal ? "Dra tillbaka förslaget" : "Avslå förslaget", .secondary)
            }
        }
    }

    private func propose(into html: inout HTMLWriter) {
        html.h2(hold == .inactive ? "Föreslå" : "Föreslå förlängning")
        writeForm(.propose, nil, into: &html) { form, html in
            html.field(
                HoldPage.reference, "Myndighet och diarienummer", in: form,
                hint: "Till exempel: Polisen, 0105-K1234-26.", maxLength: 500)
            html.field(
                HoldPage.lastDay, "Till och med", in: form, .date,
                hint: "Högst ett år framåt. Sedan raderas det som skulle ha varit raderat, om ni inte förlänger.",
                isShort: true)
            html.checkbox(
                HoldPage.secret, "Hemligt tills vidare", in: form,
                hint:
                    "Välj det bara om lagen kräver att medlemmen inte får veta. Då syns det bara för administratörer och revisorer tills det hävs."
            )
            html.secondFactor(in: form, isAsked: asksForCode)
            html.actions { html in
                html.submit("Föreslå")
                html.link("Avbryt", to: .staffMember(id), class: "link")
            }
        }
    }

    private func lift(into html: inout HTMLWriter) {
        html.h2("Häv")
        writeForm(.lift, nil, into: &html) { form, html in
            html.secondFactor(in: form, isAsked: asksForCode)
            html.p("När du häver bevarandet raderas det som skulle ha varit raderat.", class: "muted")
            html.actions { $0.submit("Häv bevarandet", .danger) }
        }
    }

    private func writeForm(
        _ action: Action, _ proposal: HoldProposalID?, into html: inout HTMLWriter,
        _ body: (Form, inout HTMLWriter) -> Void
    ) {
        // What was typed, and what was wrong with it, stands in the form that was sent.
        let isSent = (form.choice(HoldPage.action, of: Action.self) ?? .propose) == action
        let form = isSent ? form : Form()
        html.form(post: .staffHold(id), form) { html in
            html.hidden(HoldPage.action, action.rawValue)
            if let proposal { html.hidden(HoldPage.proposal, proposal.description) }
            body(form, &html)
        }
    }
}
