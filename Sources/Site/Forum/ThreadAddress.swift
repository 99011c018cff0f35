import Events
import Forum
import HTML
import Projections
import SiteMap

extension ThreadList.Entry {
    /// The readable end of the thread's address. None for a title without letters, an erased one, and one that spells another page's address.
    var slug: String? {
        guard let slug = title.flatMap({ Slug(madeFrom: $0) })?.text else { return nil }
        return ThreadList.Entry.takenSlugs.contains(slug) ? nil : slug
    }

    /// Where the thread is read.
    func address(page: Int = 1) -> SiteLink { .thread(id, slug: slug, page: page) }

    var shownTitle: String { title ?? "Rubriken är raderad" }

    /// The way to a page about the thread.
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
