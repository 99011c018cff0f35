import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/kontakt`: the form for asking the site's operators a question, signed in or not (P-18.1).
struct ContactController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.contact) { try show($0, $1) }
        routes.post(.contact, limit: .mail) { try await send($1) }
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let query = try request.query()
        if query.choice(.done, of: CaseChange.self) == .sent { return context.page(ContactSentPage()) }
        var form = Form()
        if let topic = query.choice(ContactPage.topic, of: ContactPage.Topic.self) {
            form = Form([ContactPage.topic: topic.rawValue])
        }
        return context.page(try page(form, context))
    }

    private func page(_ form: Form, _ context: SiteContext) throws -> ContactPage {
        let policy = try application.accounts.policyInForce(at: context.now)
        let site = context.visit.site
        return ContactPage(
            siteName: site.name, controller: site.controller, answeredWithin: policy.rules.deadlines.question,
            figure: try application.answerFigure(at: context.now).published(minimum: policy.rules.minimumCount),
            isMember: context.reader.isMember,
            stamp: context.reader.isMember ? nil : SpamGuard(context).stamp, form: form)
    }

    private func send(_ context: SiteContext) async throws -> Response {
        var form = try context.form()
        if !context.reader.isMember { SpamGuard(context).check(&form, at: .caseText) }
        let topic = form.require(ContactPage.topic, "Välj vad det gäller.", of: ContactPage.Topic.self)
        let right = topic == .rights ? form.require(ContactPage.right, "Välj vad du vill.", of: RightKind.self) : nil
        let contact = context.reader.isMember ? nil : form.requireContact()
        let subject = form.require(.caseSubject, "Skriv vad det gäller, med högst 150 tecken.") {
            TypedText.visibleLine($0).flatMap { $0.count > 150 ? nil : $0 }
        }
        let statement = form.require(
            .caseText, "Skriv ditt meddelande, med högst \(SwedishNumber.grouped(CaseStatement.longest)) tecken."
        ) { CaseStatement(subject: subject ?? "–", text: $0) }
        guard form.isAccepted, let topic, let statement else { return context.refused(try page(form, context)) }
        let command = try context.command()
        guard try context.spend(.matter, for: command, in: application, noting: &form, at: .caseText) else {
            return context.refused(try page(form, context), form)
        }
        let member = context.member?.id
        let opening = OpenCase(topic.opens(right), by: member, at: contact, statement)
        let id = try await application.messaging.open(
            opening, by: member.map(Actor.member) ?? .visitor, command: command)
        return .redirect(to: member == nil ? .contactSent : .ownCase(id, after: .sent))
    }
}

extension Form {
    /// The address at which a visitor is answered.
    mutating func requireContact() -> CaseContact? {
        let name = text(.name)
        if name.count > 100 { note("Skriv namnet med högst 100 tecken.", at: .name) }
        let address = require(.email, "Skriv en e-postadress som vi kan svara till, till exempel namn@example.se.") {
            text in
            // The parser's text, without the characters that it trims: an invisible one would make this another mailbox.
            (try? EmailAddress(text)).flatMap { MailAddress($0.text) }
        }
        return address.flatMap { CaseContact($0, name: name.isEmpty ? nil : name) }
    }
}
