import Accounts
import Events
import Foundation
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension MemberController {
    func showDirectory(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try request.query()
        let number = try request.pageNumber()
        let filter = try MemberDirectory.Filter(form)
        let viewpoint = Viewpoint(
            context.reader.viewer, in: .directory, showing: try application.accounts.shownFields(at: context.now))
        let listing = try await slowReads.read {
            try $0.members.list(filter, from: viewpoint, page: number)
        }
        let paging = Paging(page: number, count: listing.count, size: MemberDirectory.pageSize)
        guard paging.exists else { throw PageError.notFound }
        return context.page(MemberDirectoryPage(listing: listing, paging: paging, form: form))
    }
}

extension MemberDirectory.Filter {
    /// - Throws: `notFound` for an unknown municipality or county.
    fileprivate init(_ form: Form) throws {
        let (code, county) = (form.text(.municipality), form.text(.county))
        let municipality = Municipality(code: code)
        guard code.isEmpty || municipality != nil, county.isEmpty || MunicipalityChoices.counties.contains(county)
        else {
            throw PageError.notFound
        }
        self.init(
            name: form.text(.memberName), municipality: municipality, county: county.isEmpty ? nil : county)
    }
}

extension FieldName {
    static let memberName: FieldName = "namn"
    static let municipality: FieldName = "kommun"
    static let county: FieldName = "lan"
}

/// Municipalities and counties in Swedish alphabetical order.
enum MunicipalityChoices {
    static let municipalities = Municipality.all.sorted { isBefore($0.name, $1.name) }
    static let counties = Set(Municipality.all.map(\.county)).sorted(by: isBefore)

    private static func isBefore(_ a: String, _ b: String) -> Bool {
        a.compare(b, options: [], range: nil, locale: Locale(identifier: "sv_SE")) == .orderedAscending
    }
}

/// `/medlemmar`
struct MemberDirectoryPage: HTMLPage {
    let listing: MemberDirectory.Listing
    let paging: Paging
    let form: Form

    var title: String { "Medlemmar" }
    var menu: MainMenu? { .members }

    private var query: [QueryItem] {
        [FieldName.memberName, .municipality, .county].map { QueryItem($0, form.text($0)) }
    }

    private var isFiltered: Bool { query.contains { !$0.value.isEmpty } }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.form(get: .members(), class: "filters", label: "Filtrera medlemmar") { html in
            html.field(.memberName, "Användarnamn eller namn", in: form, .search)
            html.select(
                .municipality, "Kommun", in: form,
                options: MunicipalityChoices.municipalities.map { ($0.code, $0.name) }, prompt: "Alla kommuner")
            html.select(
                .county, "Län", in: form, options: MunicipalityChoices.counties.map { ($0, $0) }, prompt: "Alla län")
            html.submit("Visa")
        }
        guard !listing.entries.isEmpty else {
            return html.emptyState("Inga medlemmar hittades", "Prova med färre villkor.") {
                $0.buttonLink("Visa alla medlemmar", to: .members())
            }
        }
        html.p(class: "muted") { html in
            html.text(SwedishNumber.counted(listing.count, "medlem", "medlemmar"))
            guard isFiltered else { return }
            html.text(". ")
            html.link("Visa alla", to: .members())
        }
        html.element(.ul, class: "member-list") { html in
            for entry in listing.entries { html.li { $0.item(entry) } }
        }
        html.pager(paging) { .members(query: query, page: $0) }
    }
}

extension HTMLWriter {
    mutating func item(_ entry: MemberDirectory.Entry, heading: Element = .h2) {
        let name = entry.member.username ?? ""
        avatar(Avatar(of: entry.member.id, named: name))
        div { html in
            html.element(heading, class: "title") { html in
                html.link(name, to: .member(entry.member.id))
                html.roleTag(entry.member.role)
            }
            html.p(
                [entry.name, entry.municipality.shownName].compactMap(\.self).joined(separator: ", "), class: "meta")
        }
    }
}
