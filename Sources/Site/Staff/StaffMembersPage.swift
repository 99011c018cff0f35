import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/admin/medlemmar`: finds a member by username; shows only data that every member may see.
struct StaffMembersPage: HTMLPage {
    static let name: FieldName = "namn"

    let name: String
    let rows: [MemberDirectory.Profile]
    let count: Int
    let paging: Paging

    var title: String { "Medlemmar" }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: SwedishNumber.counted(count, "medlem", "medlemmar"))
        html.form(get: .staffMembers(), class: "filters", label: "Sök medlem") { html in
            html.field(StaffMembersPage.name, "Användarnamn", in: Form([StaffMembersPage.name: name]), .search)
            html.submit("Sök")
        }
        guard !rows.isEmpty else {
            html.emptyState("Ingen medlem heter så", "Sök på en del av användarnamnet.") { html in
                html.link("Visa alla", to: .staffMembers())
            }
            return
        }
        html.table("Medlemmar", columns, rows: rows) { row, column, html in
            let member = row.entry.member
            switch column {
            case 0: html.link(member.username ?? "Tidigare medlem", to: .staffMember(member.id))
            case 1: html.text(RoleWords.list(Set(row.roles)))
            case 2: html.grouped(row.posts)
            default: html.time(row.entry.joined)
            }
        }
        html.pager(paging) { .staffMembers(query: [.init(StaffMembersPage.name, name)], page: $0) }
    }

    private var columns: [Column] {
        [Column("Användarnamn"), Column("Roll"), Column("Inlägg", number: true), Column("Medlem sedan")]
    }
}
