import Accounts
import Events
import Hummingbird
import Messaging
import Projections

/// `/arenden/tvist`: a member asks the administration to settle something with another (P-08.4).
struct DisputePages: Sendable {
    let community: Community

    func add(to routes: inout Routes) {
        routes.get(.openDispute, for: .members) { try show($0, $1) }
        routes.post(.openDispute, limit: .mail) { try await send($1) }
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let query = try request.query()
        let ground = DisputeGround(query)
        return context.page(
            DisputePage(ground: ground, form: Form([.username: query.text(.username)])))
    }

    private func send(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        var form = try context.form()
        let ground = DisputeGround(form)
        let other = form.require(.username, "Det finns ingen medlem med det användarnamnet.") {
            try activeMember(named: $0)
        }
        if other == member.id { form.note("Du kan inte vara i tvist med dig själv.", at: .username) }
        let subject = form.require(.caseSubject, "Skriv vad tvisten gäller, med högst 150 tecken.") {
            $0.isEmpty || $0.count > 150 ? nil : $0
        }
        let statement = form.require(
            .caseText, "Berätta vad som har hänt, med högst \(SwedishNumber.grouped(CaseStatement.longest)) tecken."
        ) { CaseStatement(subject: subject, text: $0) }
        guard form.isAccepted, let other, let statement else {
            return context.refused(DisputePage(ground: ground, form: form))
        }
        let id = try await community.messaging.open(
            OpenCase(.dispute(with: other, ground), by: member.id, statement), by: .member(member.id),
            command: try context.command())
        _ = await community.views.reach(community.log.head)
        return .redirect(to: .ownCase(id, after: .sent))
    }

    /// Every member sees every active member's username (P-11.1).
    private func activeMember(named text: String) throws -> MemberID? {
        guard let member = try community.accounts.find(Username(text)),
            try community.accounts.member(member).active != nil
        else { return nil }
        return member
    }
}

struct DisputePage: HTMLPage {
    let ground: DisputeGround
    var form: Form

    var title: String { "Be om hjälp att lösa en tvist" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Mina ärenden", .ownCases)])
        html.h1(title)
        html.p(
            "Kommer du inte överens med en annan medlem? Berätta vad det gäller, så hör vi er båda och beslutar med skäl.",
            class: "lead")
        html.notice("Den andra medlemmen får veta att det är du, och läser det du skriver.", .warning)
        html.form(post: .openDispute(), form) { html in
            for item in ground.query { html.hidden(item.name, item.value) }
            switch ground {
            case .thread(let id):
                html.p { html in
                    html.text("Det gäller ")
                    html.link("den här tråden", to: .thread(id))
                    html.text(".")
                }
            case .conversation(let id):
                html.p { html in
                    html.text("Det gäller ")
                    html.link("den här konversationen", to: .conversation(id))
                    html.text(". Vi läser den inte: berätta vad som står i den.")
                }
            case .other: break
            }
            html.field(
                .username, "Den andra medlemmens användarnamn", in: form, maxLength: 60)
            html.field(.caseSubject, "Vad gäller det?", in: form, maxLength: 150)
            html.textarea(
                .caseText, "Vad har hänt, och vad vill du?", in: form, hint: "Skriv inget personnummer.",
                maxLength: CaseStatement.longest)
            html.actions { html in
                html.submit("Öppna tvisten")
                html.link("Avbryt", to: .ownCases, class: "link")
            }
        }
    }
}
