import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    static let blocked: FieldName = "blockera"

    func showBlocked(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        let blocked = try application.views.conversations.blocked(by: member)
        return context.page(BlockedMembersPage(blocked: blocked))
    }

    func block(_ request: Request, _ context: SiteContext) async throws -> Response {
        let other: MemberID = try context.id()
        let member = try context.requireMember().id
        let form = try context.form()
        guard let answer = form.choice(ConversationController.blocked, of: Answer.self) else {
            throw PageError.malformed(.encoding)
        }
        guard try application.views.members.username(of: other) != nil else {
            throw PageError.notFound
        }
        let command = try context.command()
        let answered = try await application.execute(
            context, then: { .blockedMembers }, fallback: .blockedMembers
        ) {
            try await application.messaging.block(other, answer == .yes, by: member, command: command)
        }
        guard answered.status == .seeOther else { return answered }
        return context.redirect(to: form.value(.returnPath), otherwise: .blockedMembers)
    }
}

extension HTMLWriter {
    /// The button with which a member blocks messages from another, or unblocks them.
    mutating func blockButton(_ other: PublicMember, isBlocked: Bool, back: SiteLink) {
        let name = shownName(other)
        button(
            isBlocked ? "Ta emot meddelanden från \(name) igen" : "Ta inte emot meddelanden från \(name)",
            post: .blockMember(other.id),
            with: [ConversationController.blocked: isBlocked ? "nej" : "ja", .returnPath: back.url])
    }
}

/// `/meddelanden/blockerade`
struct BlockedMembersPage: HTMLPage {
    let blocked: [PublicMember]

    var title: String { "Medlemmar du inte tar emot meddelanden från" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Meddelanden", .conversations())])
        html.h1(title)
        html.p(
            "Den som försöker skriva till dig får veta att du inte tar emot meddelanden. Du får inte heller aviseringar om vad personen skriver i forumet, men inläggen syns för dig som för alla andra.",
            class: "lead")
        guard !blocked.isEmpty else {
            return html.emptyState("Ingen just nu", "Knappen finns på varje medlems profil och i samtalen.") {
                $0.buttonLink("Till meddelanden", to: .conversations())
            }
        }
        html.element(.ul, class: "member-list") { html in
            for member in blocked {
                html.li { html in
                    html.avatar(Avatar(of: member.id, named: shownName(member)))
                    html.div { html in
                        html.element(.h2, class: "title") { $0.link(shownName(member), to: .member(member.id)) }
                        html.blockButton(member, isBlocked: true, back: .blockedMembers)
                    }
                }
            }
        }
    }
}
