import Accounts
import Events
import Forum
import Hummingbird
import Projections

extension MemberPages {
    func showProfile(_ request: Request, _ context: SiteContext) throws -> Response {
        let id: MemberID = try context.id()
        let found = try community.views.read { database in
            try MemberDirectory.profile(id, in: database).map {
                ($0, try ThreadList.opened(by: id, ProfilePage.threadCount, for: .members, in: database))
            }
        }
        guard let (profile, threads) = found else { throw PageError.notFound }
        return context.page(ProfilePage(profile: profile, threads: threads))
    }
}

/// `/medlem/{id}`: what members see of each other.
struct ProfilePage: HTMLPage {
    static let threadCount = 10

    let profile: MemberDirectory.Profile
    let threads: [ThreadList.Entry]

    private var name: String { shownName(profile.entry.member) }

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
                    for role in profile.roles { html.tag(of: role) }
                }
                html.p(entry.municipality.shownName, class: "meta")
            }
        }
        html.facts { html in
            html.fact("Medlem sedan") { html in
                if let date = StockholmClock(entry.joined).date { html.date(date) }
            }
            html.fact("Kommun", entry.municipality.shownName)
            html.fact("Inlägg", SwedishNumber.grouped(profile.posts))
        }
        html.h2("Senaste trådar")
        if threads.isEmpty {
            html.p("Inga trådar än.", class: "muted")
        } else {
            html.threadList(threads, showsCategory: true, heading: .h3)
        }
    }
}

extension HTMLWriter {
    fileprivate mutating func tag(of role: Role) {
        switch role {
        case .administrator: raw(" <span class=\"tag\">Administratör</span>")
        case .moderator: raw(" <span class=\"tag\">Moderator</span>")
        case .member, .auditor: break
        }
    }
}
