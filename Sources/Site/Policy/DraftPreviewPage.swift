import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// The effects of a draft and the number of members affected, with buttons to publish it or return to editing.
struct DraftPreviewPage: HTMLPage {
    let typed: DraftPreviews.Typed
    let preview: DraftPreview
    let now: Instant

    var title: String { "Så här skulle det bli" }

    private var kind: TextKind { typed.kind }
    private var isForToday: Bool { preview.version.startInStockholm <= now }
    private var day: String { SwedishDate.long(preview.version) }

    var staffTab: SiteLink? { .staffPolicy }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Policy och villkor", .staffPolicy)])
        html.pageHead(title, lead: "Inget är publicerat än.")
        html.facts { html in
            html.fact("Text", kind.title)
            html.fact("Version", day, meta: isForToday ? "Börjar gälla genast" : "Börjar gälla den dagen")
            html.fact("Ändring", preview.draft.change == .major ? "Större" : "Mindre", meta: told)
            if let previous = preview.previous {
                html.fact("Jämförd med") {
                    $0.link("versionen av den \(SwedishDate.long(previous))", to: kind.page(previous))
                }
            }
        }
        html.h2("Vad det betyder för medlemmarna")
        if consequences.isEmpty { html.p("Inget ändras för någon.") } else { html.list(consequences) { $1.text($0) } }
        writeClauses(into: &html)
        writeRules(into: &html)
        writeRows(into: &html)
        writeDecision(into: &html)
    }

    private var told: String {
        switch preview.draft.change {
        case .major:
            "\(SwedishNumber.spelled(preview.members, "en medlem", "medlemmar").firstUpper) får ett mejl och frågas vid nästa inloggning"
        case .minor: "Ingen får mejl eller frågas"
        }
    }

    private var consequences: [String] {
        preview.visibility.flatMap(\.words) + preview.mail.map(\.words) + preview.due.map(\.words)
    }

    private func writeClauses(into html: inout HTMLWriter) {
        html.h2("Texten")
        guard !preview.clauses.isEmpty else { return html.p("Ingen punkt är ändrad.") }
        html.list(preview.clauses) { clause, html in html.text("\(clause.id) \(clause.title): \(clause.kind.words)") }
    }

    private func writeRules(into html: inout HTMLWriter) {
        guard kind == .policy else { return }
        html.h2("Reglerna")
        guard !preview.rules.isEmpty else { return html.p("Ingen regel är ändrad.") }
        html.table("Ändrade regler", [Column("Regel"), Column("Nu"), Column("Sedan")], rows: preview.rules) {
            rule, column, html in
            switch column {
            case 0: html.text(RuleWords.label(of: rule.path))
            case 1: html.text(RuleWords.value(rule.before))
            default: html.text(RuleWords.value(rule.after))
            }
        }
    }

    private func writeRows(into html: inout HTMLWriter) {
        guard let views = preview.views else { return }
        html.h2("Sidornas underlag")
        let changed = views.tables.filter { !$0.isEqual }
        guard !changed.isEmpty else { return html.p("Inga rader blir annorlunda.") }
        let columns = [
            Column("Tabell"), Column("Nya rader", number: true), Column("Borttagna", number: true),
            Column("Ändrade", number: true),
        ]
        html.table("Rader som blir annorlunda", columns, rows: changed) { table, column, html in
            switch column {
            case 0: html.text(table.name)
            case 1: html.grouped(table.added)
            case 2: html.grouped(table.removed)
            default: html.grouped(table.changed)
            }
        }
    }

    private func writeDecision(into html: inout HTMLWriter) {
        html.h2("Publicera")
        if preview.isPublished { return html.notice("Den här versionen är redan publicerad.") }
        html.p(
            isForToday
                ? "Versionen börjar gälla genast. Det går inte att ångra, bara att ersätta den med en senare."
                : "Versionen visas för alla genast och börjar gälla den \(day). Det går inte att ångra, bara att ersätta den med en senare."
        )
        html.form(post: .staffPolicy) { html in
            html.draft(typed)
            html.actions { html in
                html.submit("Publicera", choice: (DraftPage.action, DraftPage.Action.publish.rawValue))
                html.submit("Ändra", .secondary, choice: (DraftPage.action, DraftPage.Action.edit.rawValue))
            }
        }
    }
}

extension ClauseChange.Kind {
    fileprivate var words: String {
        switch self {
        case .added: "ny"
        case .removed: "borttagen"
        case .reworded: "ändrad"
        }
    }
}

extension VisibilityChange {
    fileprivate var words: [String] {
        let what =
            switch field {
            case .name: "namn"
            case .municipality: "kommun"
            case .ageAndSex: "ålder och kön"
            }
        return [
            (hidden, "döljs för andra medlemmar"), (shown, "blir synligt för andra medlemmar"),
        ].filter { $0.0 > 0 }.map {
            "\(SwedishNumber.spelled($0.0, "en medlems", "medlemmars").firstUpper) \(what) \($0.1)"
        }
    }
}

extension DraftPreview.MailChange {
    /// Counts only members who have made no choice, so that the policy's default applies.
    fileprivate var words: String {
        let who = SwedishNumber.spelled(count, "en medlem som inte har valt", "medlemmar som inte har valt")
        let what =
            switch mail {
            case .kind(.privateMessage): "mejl om nya privata meddelanden"
            case .kind(.reply): "mejl om svar"
            case .kind(.mention): "mejl när någon nämner dem"
            case .kind(.quote): "mejl när någon citerar dem"
            case .kind(.watched): "mejl om det som de bevakar"
            case .newsletter: "nyhetsbrevet"
            }
        return "\(who.firstUpper) \(isSent ? "börjar få" : "slutar få") \(what)"
    }
}

extension DraftPreview.Due {
    fileprivate var words: String {
        if let rule = RetentionRule(rawValue: rule) {
            return switch rule {
            case .unconfirmedSignUp: counted("en obekräftad registrering", "obekräftade registreringar") + " raderas"
            case .pendingReview:
                counted("en registrering som väntar på kontroll", "registreringar som väntar på kontroll") + " raderas"
            case .previousEmail: counted("en utbytt e-postadress", "utbytta e-postadresser") + " raderas"
            case .signInDetails: counted("en inloggning", "inloggningar") + " förlorar uppgifterna om adress och enhet"
            case .formerStaffName:
                counted(
                    "ett namn som administrationen har lämnat blir ledigt",
                    "namn som administrationen har lämnat blir lediga")
            case .correction: counted("en avgjord rättelse", "avgjorda rättelser") + " raderas"
            case .supportCase: counted("en avslutad fråga", "avslutade frågor") + " raderas"
            case .correctionCase:
                counted("en avslutad begäran om rättelse", "avslutade begäranden om rättelse") + " raderas"
            case .reportCase: counted("en avslutad anmälan", "avslutade anmälningar") + " raderas"
            case .disputeCase: counted("en avslutad tvist", "avslutade tvister") + " raderas"
            case .rightsCase:
                counted("ett avslutat ärende om rättigheter", "avslutade ärenden om rättigheter") + " raderas"
            case .waitingCase: counted("ett ärende som väntar på svar", "ärenden som väntar på svar") + " avslutas"
            case .unusedAccount: counted("ett oanvänt konto", "oanvända konton") + " får en påminnelse eller avslutas"
            case .deactivatedAccount:
                counted("ett avstängt konto räknas som avslutat", "avstängda konton räknas som avslutade")
            case .purgeNotice: counted("ett avslutat konto", "avslutade konton") + " får påminnelsen före raderingen"
            case .duplicateAccount:
                counted("ett konto med någon annans personnummer", "konton med någon annans personnummer") + " avslutas"
            case .endedDuplicate:
                counted("ett avslutat konto utan eget personnummer", "avslutade konton utan eget personnummer")
                    + " raderas"
            case .closedAccount: counted("ett avslutat konto", "avslutade konton") + " raderas"
            case .abandonedConversation: counted("ett övergivet samtal", "övergivna samtal") + " raderas"
            case .deletedPost: counted("ett borttaget inlägg", "borttagna inlägg") + " raderas för gott"
            case .deletedRevision:
                counted("ett inlägg", "inlägg") + " förlorar tidigare versioner som är borttagna"
            case .deletedMessage: counted("ett borttaget meddelande", "borttagna meddelanden") + " raderas för gott"
            }
        }
        return switch SideRule(rawValue: rule) {
        case .visits: counted("en rad i besöksloggen", "rader i besöksloggen") + " raderas"
        case .drafts: counted("ett utkast", "utkast") + " raderas"
        case .reading: counted("en uppgift om vad någon har läst", "uppgifter om vad någon har läst") + " raderas"
        case .sessions: counted("en webbläsare", "webbläsare") + " loggas ut"
        case .devices: counted("en känd enhet", "kända enheter") + " glöms"
        case .links: counted("en länk i mejl", "länkar i mejl") + " glöms"
        case .keyRotation: counted("en nyckel i bruk", "nycklar i bruk") + " byts"
        case .keys, nil: counted("en utbytt nyckel", "utbytta nycklar") + " förstörs"
        }
    }

    private func counted(_ one: String, _ many: String) -> String { SwedishNumber.spelled(count, one, many).firstUpper }
}
