import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Synchronization
import Web

/// The start page, the pages about the site, and its policy and terms.
struct TextController: Sendable {
    let application: Application
    /// The key that verifies the log's checkpoints; published on `/om`.
    let verifierKey: String
    private let articles = ArticleShelf()
    private let comparisons = ComparisonShelf()

    init(application: Application, verifierKey: String) {
        self.application = application
        self.verifierKey = verifierKey
    }

    func add(to routes: inout Routes) {
        routes.get(.start, showStart)
        routes.get(.information, showNews)
        routes.get(.about) { _, context in
            try page(
                "\(Embedded.pagesOmMd)", "Vem som driver webbplatsen och hur du kontrollerar oss.", at: .about, context)
        }
        routes.get(.cookies) { _, context in
            try page("\(Embedded.pagesKakorMd)", "De kakor vi använder.", at: .cookies, context)
        }
        routes.get(.accessibility) { _, context in
            try page(
                "\(Embedded.pagesTillganglighetMd)", "Hur tillgänglig webbplatsen är.", at: .accessibility, context)
        }
        add(.policy, at: .privacyPolicy, .privacyPolicyVersion, .privacyPolicyChanges, to: &routes)
        add(.terms, at: .memberTerms, .memberTermsVersion, .memberTermsChanges, to: &routes)
    }

    private func add(
        _ kind: TextKind, at current: Address, _ version: Address, _ changes: Address, to routes: inout Routes
    ) {
        routes.get(current) { _, context in try showCurrent(kind, context) }
        routes.get(version) { _, context in try showVersion(kind, context) }
        routes.get(changes) { request, context in try await showChanges(kind, request, context) }
    }

    private func showStart(_ request: Request, _ context: SiteContext) throws -> Response {
        let audience: Audience = context.reader.isMember ? .members : .everybody
        let threads = try application.views.threads.latest(12, for: audience)
        return context.page(
            StartPage(
                siteName: context.visit.site.name, welcome: article("\(Embedded.pagesStartMd)", context),
                threads: threads.filter { $0.title != nil },
                news: Array(try NewsItem.all(in: application.accounts, at: context.now).prefix(4)),
                reader: context.reader
            ))
    }

    private func showNews(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(NewsPage(news: try NewsItem.all(in: application.accounts, at: context.now)))
    }

    private func page(
        _ markdown: String, _ summary: String, at address: SiteLink, _ context: SiteContext
    ) throws -> Response {
        let rules = try application.accounts.policyInForce(at: context.now).rules
        let words = [
            "session": rules.retention.session.swedish, "sessionLifetime": rules.retention.sessionLifetime.swedish,
            "question": rules.deadlines.question.swedish,
            "knownDevice": rules.knownDevice.map { "\($0.swedish.firstUpper) efter din senaste inloggning på enheten" }
                ?? "Används inte enligt den policy som gäller nu",
        ]
        let text = words.reduce(markdown) { $0.replacing("{{policy.\($1.key)}}", with: $1.value) }
        return context.page(ArticlePage(article: article(text, context), summaryText: summary, address: address))
    }

    private func article(_ markdown: String, _ context: SiteContext) -> Article {
        let site = context.visit.site
        return articles.article(
            markdown, filling: ArticleValues(siteName: site.name, controller: site.controller, verifierKey: verifierKey)
        )
    }
}

extension TextController {
    private func showCurrent(_ kind: TextKind, _ context: SiteContext) throws -> Response {
        let archive = try TextArchive(kind, in: application.accounts, at: context.now)
        guard let version = archive.inForce else { throw PageError.notFound }
        return show(version, of: archive, context)
    }

    private func showVersion(_ kind: TextKind, _ context: SiteContext) throws -> Response {
        let archive = try TextArchive(kind, in: application.accounts, at: context.now)
        guard let version = archive.version(try context.place("version")) else { throw PageError.notFound }
        return show(version, of: archive, context)
    }

    private func show(_ version: TextVersion, of archive: TextArchive, _ context: SiteContext) -> Response {
        context.page(
            TextVersionPage(archive: archive, version: version, article: article(version.markdown, context)))
    }

    /// Compares the chosen versions; without a choice, the newest version and the one before it.
    private func showChanges(
        _ kind: TextKind, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let archive = try TextArchive(kind, in: application.accounts, at: context.now)
        let query = try request.query()
        let new = try chosen(query.typed("till"), in: archive) ?? archive.versions.last
        let old = try chosen(query.typed("fran"), in: archive) ?? new.flatMap(archive.previous) ?? new
        guard let old, let new else { throw PageError.notFound }
        let (before, after) = (article(old.markdown, context), article(new.markdown, context))
        let comparison = try await comparisons.comparison(from: before, to: after, context.visit.site.texts)
        return context.page(TextChangesPage(archive: archive, old: old, new: new, comparison: comparison))
    }

    private func chosen(_ version: String, in archive: TextArchive) throws -> TextVersion? {
        guard !version.isEmpty else { return nil }
        guard let known = archive.version(version) else { throw PageError.notFound }
        return known
    }
}

/// A cache of comparisons: each one processes every paragraph of two long texts.
private final class ComparisonShelf: Sendable {
    private struct Texts: Hashable {
        let old, new: Article
    }

    private static let most = 50
    private let comparisons = Mutex<[Texts: TextComparison]>([:])

    func comparison(from old: Article, to new: Article, _ queue: BoundedQueue) async throws -> TextComparison {
        let texts = Texts(old: old, new: new)
        if let known = comparisons.withLock({ $0[texts] }) { return known }
        let comparison = try await queue.run { TextComparison(from: old, to: new) }
        comparisons.withLock { comparisons in
            if comparisons.count >= ComparisonShelf.most { comparisons = [:] }
            comparisons[texts] = comparison
        }
        return comparison
    }
}

/// A cache of parsed texts: there are few, and they are long.
private final class ArticleShelf: Sendable {
    private let articles = Mutex<[String: Article]>([:])

    func article(_ markdown: String, filling values: ArticleValues) -> Article {
        if let known = articles.withLock({ $0[markdown] }) { return known }
        let article = Article(markdown, filling: values)
        articles.withLock { $0[markdown] = article }
        return article
    }
}
