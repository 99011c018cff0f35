import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    func showList(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        let typed = try request.query().text("q")
        let number = try request.pageNumber()
        let words = SearchWords(typed)
        guard words.all.isEmpty else {
            guard number == 1 else { throw PageError.notFound }
            let found = try await slowReads.messages(holding: words, of: member, in: application)
            return context.page(MessageSearchPage(typed: typed, found: found, reader: member))
        }
        let read = try application.readMarkers(of: member)
        let page = try application.views.read { snapshot in
            ConversationListPage(
                typed: typed, entries: try snapshot.conversations.of(member, page: number, having: read),
                paging: Paging(
                    page: number, count: try snapshot.conversations.count(of: member),
                    size: ConversationList.pageSize), reader: member)
        }
        guard page.paging.exists else { throw PageError.notFound }
        return context.page(page)
    }
}

/// `/meddelanden`: a member's conversations, those with the newest message first.
struct ConversationListPage: HTMLPage {
    let typed: String
    let entries: [ConversationList.Entry]
    let paging: Paging
    let reader: MemberID

    var title: String { "Meddelanden" }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title,
            lead:
                "Bara ni som är med i ett samtal kan läsa det. Anmäler någon av er ett meddelande kan en administratör läsa just det."
        ) {
            $0.buttonLink("Nytt meddelande", to: .newConversation())
        }
        guard !entries.isEmpty else {
            html.emptyState(
                "Inga meddelanden än", "Skriv till en medlem från profilsidan, eller börja här."
            ) { html in
                html.buttonLink("Skriv ett meddelande", to: .newConversation())
                html.buttonLink("Visa medlemmar", to: .members(), secondary: true)
            }
            return writeEnd(into: &html)
        }
        html.messageSearch(typed)
        if !typed.isEmpty { html.notice("Skriv minst två tecken att söka efter.") }
        html.element(.ol, class: "thread-list wide") { html in
            for entry in entries { html.li { item(entry, into: &$0) } }
        }
        html.pager(paging) { .conversations(page: $0) }
        writeEnd(into: &html)
    }

    private func writeEnd(into html: inout HTMLWriter) {
        html.p { $0.link("Medlemmar du inte tar emot meddelanden från", to: .blockedMembers, class: "link") }
    }

    private func item(_ entry: ConversationList.Entry, into html: inout HTMLWriter) {
        html.div { html in
            html.element(.h2, class: "title") { html in
                html.link(entry.title, to: .conversation(entry.id))
                if entry.unread > 0 {
                    html.tag(SwedishNumber.counted(entry.unread, "nytt", "nya"), class: "tag strong")
                }
                if entry.isMuted { html.tag("Tystat") }
            }
            html.p(class: "meta") { html in
                html.text(entry.latestAuthor == reader ? "Du skrev senast" : "\(entry.latestName) skrev senast")
            }
        }
        html.p(class: "replies") { html in
            html.element(.b) { $0.grouped(entry.messages) }
            html.text(entry.messages == 1 ? " meddelande" : " meddelanden")
        }
        html.p(class: "latest") { $0.time(entry.latest) }
    }
}

extension ConversationList.Entry {
    /// The names of the other members, as in `karin, hamid och Tidigare medlem`.
    var title: String { others.map(\.member.nameWithRole).swedishList }

    var latestName: String {
        others.first { $0.member.id == latestAuthor }.map(\.member.nameWithRole) ?? "Tidigare medlem"
    }
}

extension HTMLWriter {
    /// The field with which a member searches her own conversations.
    mutating func messageSearch(_ typed: String) {
        form(get: .conversations(), class: "search", label: "Sök i dina meddelanden") { html in
            html.searchField("Sök i dina meddelanden", typed: typed)
        }
    }
}
