import Events
import Forum
import HTML
import Projections
import SiteMap

extension ThreadList.Entry {
    /// The readable end of the thread's address; nil for a title that is erased, has no letters, or equals another page's address.
    var slug: String? {
        guard let slug = title.flatMap({ Slug(madeFrom: $0) })?.text else { return nil }
        return ThreadList.Entry.takenSlugs.contains(slug) ? nil : slug
    }

    /// The address of a page of the thread.
    func address(page: Int = 1) -> SiteLink { .thread(id, slug: slug, page: page) }

    var shownTitle: String { title ?? "Rubriken är raderad" }

    /// The breadcrumbs of a page about the thread.
    var breadcrumbs: [Breadcrumb] {
        [
            Breadcrumb("Forum", .forum), Breadcrumb(category.name, .category(category.slug)),
            Breadcrumb(shownTitle, address()),
        ]
    }

    private static let takenSlugs: Set<String> = {
        let base = Address.thread.pattern + "/"
        return Set(
            SiteMap.addresses.map(\.pattern).filter { $0.hasPrefix(base) }.map { String($0.dropFirst(base.count)) })
    }()
}
