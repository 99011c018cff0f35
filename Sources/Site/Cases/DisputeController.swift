import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/arenden/tvist`: a member asks the administration to settle a dispute with another member (P-08.4).
struct DisputeController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.openDispute) { try show($0, $1) }
        routes.post(.openDispute, limit: .mail) { try await send($1) }
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let query = try request.query()
        let ground = DisputeGround(query)
        try require(ground, for: context.requireMember().id)
        return context.page(
            DisputePage(ground: ground, form: Form([.username: query.text(.username)])))
    }

    private func send(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        var form = try context.form()
        let ground = DisputeGround(form)
        try require(ground, for: member.id)
        let other = form.require(.username, "Det finns ingen medlem med det användarnamnet.") {
            try activeMember(named: $0)
        }
        if other == member.id { form.note("Du kan inte vara i tvist med dig själv.", at: .username) }
        if let other, case .conversation(let id) = ground,
            try application.messaging.conversation(id).facts?.members.contains(other) != true
        {
            form.note("Den medlemmen har inte varit med i samtalet.", at: .username)
        }
        let subject = form.require(.caseSubject, "Skriv vad tvisten gäller, med högst 150 tecken.") {
            TypedText.visibleLine($0).flatMap { $0.count > 150 ? nil : $0 }
        }
        let statement = form.require(
            .caseText, "Berätta vad som har hänt, med högst \(SwedishNumber.grouped(CaseStatement.longest)) tecken."
        ) { CaseStatement(subject: subject, text: $0) }
        guard form.isAccepted, let other, let statement else {
            return context.refused(DisputePage(ground: ground, form: form))
        }
        let command = try context.command()
        guard try context.spend(.matter, for: command, in: application, noting: &form, at: .caseText) else {
            return context.refused(DisputePage(ground: ground, form: form), form)
        }
        let id = try await application.messaging.open(
            OpenCase(.dispute(with: other, ground), by: member.id, statement), by: .member(member.id),
            command: command)
        return .redirect(to: .ownCase(id, after: .sent))
    }

    /// Requires that the thread exists, or that the member takes part in the conversation.
    private func require(_ ground: DisputeGround, for member: MemberID) throws {
        switch ground {
        case .thread(let id):
            guard try application.views.threads.find(id) != nil else { throw PageError.notFound }
        case .conversation(let id):
            guard try application.messaging.conversation(id).facts?.isPresent(member) == true else {
                throw PageError.notFound
            }
        case .other: break
        }
    }

    /// Looks the username up among active members, which every member can see (P-11.1).
    private func activeMember(named text: String) throws -> MemberID? {
        guard let member = try application.accounts.find(Username.typed(text)),
            try application.accounts.member(member).active != nil
        else { return nil }
        return member
    }
}

/// `/arenden/tvist`
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
                    html.link("det här samtalet", to: .conversation(id))
                    html.text(
                        ". Vi läser det inte: berätta vad som står i det. Ett meddelande som vi behöver läsa anmäler du där."
                    )
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

extension HTMLWriter {
    /// The subject of a dispute, for those who see the case.
    mutating func ground(of topic: CaseTopic, isStaff: Bool) {
        guard case .dispute(with: _, let ground) = topic else { return }
        switch ground {
        case .thread(let id): fact("Gäller") { $0.link("En tråd i forumet", to: .thread(id)) }
        case .conversation(let id):
            fact("Gäller") { html in
                guard isStaff else { return html.link("Ert samtal", to: .conversation(id)) }
                html.text(
                    "Ett privat samtal. Administrationen läser bara meddelanden som någon av parterna har anmält.")
            }
        case .other: break
        }
    }
}
