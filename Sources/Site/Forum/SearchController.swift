import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// `/sok`: finds threads by title, and for members also other members by username and shown name.
struct SearchController: Sendable {
    let application: Application
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.search) { try await search($0, $1) }
    }

    private func search(_ request: Request, _ context: SiteContext) async throws -> Response {
        let typed = try request.query().text("q")
        let number = try request.pageNumber()
        let words = SearchWords(typed)
        guard !words.all.isEmpty else {
            guard number == 1 else { throw PageError.notFound }
            return context.page(SearchPage(typed: typed, found: nil, reader: context.reader))
        }
        let reader = context.reader
        let audience = reader.audience
        let viewpoint = Viewpoint(
            reader.viewer, in: .search, showing: try application.accounts.shownFields(at: context.now))
        let (threads, members) = try await slowReads.read { snapshot in
            (
                try snapshot.threads.search(words.all, page: number, for: audience),
                number == 1
                    ? try snapshot.members.list(
                        MemberDirectory.Filter(name: words.whole), from: viewpoint, page: 1) : nil
            )
        }
        let paging = Paging(page: number, count: threads.count, size: ThreadList.pageSize)
        guard paging.exists else { throw PageError.notFound }
        let found = SearchPage.Found(threads: threads, members: members, paging: paging)
        return context.page(SearchPage(typed: typed, found: found, reader: reader))
    }
}

/// The search words: at most six, of at least two characters each.
struct SearchWords: Sendable {
    let whole: String
    let all: [String]

    init(_ typed: String) {
        whole = String(typed.prefix(100))
        all = whole.split { $0.isWhitespace }.filter { $0.count > 1 }.prefix(6).map(String.init)
    }
}

/// The results, below the search field.
struct SearchPage: HTMLPage {
    struct Found: Sendable {
        let threads: ThreadList.Found
        let members: MemberDirectory.Listing?
        let paging: Paging
    }

    private static let shownMembers = 8

    let typed: String
    /// Nil when there were no search words.
    let found: Found?
    let reader: Reader

    var title: String { typed.isEmpty ? "Sök" : "Sök: \(typed)" }
    var menu: MainMenu? { .search }

    func write(into html: inout HTMLWriter) {
        html.h1("Sök")
        let form = Form(["q": typed])
        html.form(get: .search(), class: "search") { html in
            html.searchField("Sök", typed: form.typed("q"))
        }
        html.p(
            Viewpoint(reader.viewer, in: .search).sees(.username)
                ? "Sökningen letar i trådarnas rubriker och bland medlemmarnas användarnamn och de namn som medlemmar visar, inte i inläggens text."
                : "Sökningen letar i trådarnas rubriker, inte i inläggens text.", class: "muted")
        guard let found else {
            if !typed.isEmpty { html.notice("Skriv minst två tecken.") }
            return
        }
        writeMembers(found.members, into: &html)
        html.h2(SwedishNumber.counted(found.threads.count, "tråd", "trådar"))
        if found.threads.entries.isEmpty {
            html.emptyState("Inga trådar hittades", "Prova med färre eller andra ord.") {
                $0.buttonLink("Till forumet", to: .forum)
            }
        } else {
            html.threadList(found.threads.entries, showsCategory: true, heading: .h3)
        }
        html.pager(found.paging) { .search(typed, page: $0) }
    }

    private func writeMembers(_ members: MemberDirectory.Listing?, into html: inout HTMLWriter) {
        guard let members, members.count > 0 else { return }
        html.h2(SwedishNumber.counted(members.count, "medlem", "medlemmar"))
        html.element(.ul, class: "member-list") { html in
            for entry in members.entries.prefix(SearchPage.shownMembers) { html.li { $0.item(entry, heading: .h3) } }
        }
        if members.count > SearchPage.shownMembers {
            html.p { $0.link("Visa alla \(members.count)", to: .members(query: [.init(.memberName, typed)])) }
        }
    }
}
