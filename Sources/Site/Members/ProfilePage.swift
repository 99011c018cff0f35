import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension MemberController {
    func showProfile(_ request: Request, _ context: SiteContext) throws -> Response {
        let id: MemberID = try context.id()
        let viewpoint = Viewpoint(
            context.reader.viewer, in: .profile, showing: try application.accounts.shownFields(at: context.now))
        let found = try application.views.read { snapshot in
            try snapshot.members.profile(id, from: viewpoint).map {
                (
                    $0, try snapshot.threads.opened(by: id, ProfilePage.threadCount, for: .members),
                    try context.member.map { try snapshot.conversations.isBlocked(id, by: $0.id) } ?? false
                )
            }
        }
        guard let (profile, threads, isBlocked) = found else { throw PageError.notFound }
        let ageAndSex = profile.showsAgeAndSex ? try application.accounts.ageAndSex(of: id, from: viewpoint) : nil
        let contact: ProfilePage.Contact? =
            context.reader.actor.flatMap { $0.id == id ? nil : isBlocked ? .blocked : .open }
        let isSuspendable = try context.reader.actor.map { try application.isSuspendable(id, by: $0) } ?? false
        return context.page(
            ProfilePage(
                profile: profile, ageAndSex: ageAndSex, threads: threads, contact: contact,
                isSuspendable: isSuspendable))
    }
}

/// `/medlem/{id}`: what members see of each other.
struct ProfilePage: HTMLPage {
    static let threadCount = 10

    let profile: MemberDirectory.Profile
    /// Nil unless the member shows them.
    let ageAndSex: AgeAndSex?
    let threads: [ThreadList.Entry]
    /// Nil for one's own profile.
    let contact: Contact?
    /// Whether the reader may suspend the member.
    var isSuspendable = false

    /// Whether the reader accepts messages from the member.
    enum Contact { case open, blocked }

    private var name: String { profile.entry.member.username ?? "" }

    var title: String { name }
    var menu: MainMenu? { .members }

    func write(into html: inout HTMLWriter) {
        let entry = profile.entry
        html.breadcrumbs([Breadcrumb("Medlemmar", .members())])
        html.div(class: "profile-head") { html in
            html.avatar(Avatar(of: entry.member.id, named: name), size: .big)
            html.div { html in
                html.element(.h1) { html in
                    html.text(name)
                    for role in profile.roles { html.roleTag(role) }
                }
                if let name = entry.name { html.p(name, class: "meta") }
                html.p(entry.municipality.shownName, class: "meta")
            }
        }
        writeContact(into: &html)
        html.facts { html in
            html.fact("Medlem sedan") { html in
                if let date = StockholmClock(entry.joined).date { html.date(date) }
            }
            if let name = entry.name { html.fact("Namn", name) }
            if let ageAndSex {
                html.fact("Ålder", "\(ageAndSex.age) år")
                html.fact("Kön", ageAndSex.sex.words)
            }
            html.fact("Kommun", entry.municipality.shownName)
            if let county = entry.municipality?.county { html.fact("Län", county) }
            html.fact("Inlägg", SwedishNumber.grouped(profile.posts))
        }
        html.h2("Senaste trådar")
        if threads.isEmpty {
            html.p("Inga trådar än.", class: "muted")
        } else {
            html.threadList(threads, showsCategory: true, heading: .h3)
        }
    }

    private func writeContact(into html: inout HTMLWriter) {
        guard let contact else { return }
        let member = profile.entry.member
        html.div(class: "actions") { html in
            if contact == .open { html.buttonLink("Skriv meddelande", to: .newConversation(with: member.id)) }
            html.blockButton(member, isBlocked: contact == .blocked, back: .member(member.id))
            if isSuspendable { html.link("Stäng av", to: .staffDeactivate(member.id), class: "link") }
        }
    }
}
