import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// The staff's pages under `/admin` that need only the log and the views.
struct AdministrationController: Sendable {
    let application: Application
    let rebuild: ViewsRebuild
    let slowReads: SlowReads

    init(application: Application, rebuild: ViewsRebuild, slowReads: SlowReads? = nil) {
        self.application = application
        self.rebuild = rebuild
        self.slowReads = slowReads ?? SlowReads(of: application.views)
    }

    func add(to routes: inout Routes) {
        let registration = application.registrationInAddress
        routes.get(.administration, about: .nobodys) { try overview($1) }
        routes.get(.staffViews, about: .nobodys) { try views($0, $1) }
        routes.post(.staffViews, about: .nobodys) { try changeViews($1) }
        routes.get(.staffReviews, about: .nobodys) { try reviews($0, $1) }
        routes.get(.staffReview, about: registration) { try review($1) }
        routes.post(.staffReview, about: registration) { try await changeReview($1) }
        routes.get(.staffMembers, about: .nobodys) { try members($0, $1) }
        routes.get(.staffMember, about: .harmless) { try member(try $1.id(), $1) }
        routes.post(.staffMember, about: application.roleInAddress, limit: .signIn) {
            try await changeRole(of: try $1.id(), $1)
        }
    }

    func overview(_ context: SiteContext) throws -> Response {
        let reader = try context.requireMember()
        let (waiting, stranded) = (try application.reviews(for: reader.id).count, try application.stranded())
        let resets = try application.openResets(for: reader.id, at: context.now).count
        let isAdministrator = reader.roles.contains(.administrator)
        let holds = try isAdministrator ? application.openHoldProposals(for: reader.id, at: context.now) : 0
        let keys = try isAdministrator ? KeyEpochs(application: application).status(at: context.now) : nil
        let page = try application.views.read { snapshot in
            let categories = try snapshot.categories.all(for: .members)
            return AdministrationPage(
                roles: reader.roles, members: try snapshot.members.count(),
                threads: categories.reduce(0) { $0 + $1.threads }, posts: categories.reduce(0) { $0 + $1.posts },
                events: application.log.head, waiting: waiting,
                reportedMessages: try snapshot.reportedMessages.unopened(for: reader.id),
                reports: try snapshot.reports.unanswered(for: reader.id),
                cases: try snapshot.cases.count(CaseMatter.seen(to: reader.roles), for: reader.id),
                stranded: stranded, resets: resets, holds: holds, keys: keys)
        }
        return context.page(page)
    }

    func views(_ request: Request, _ context: SiteContext) throws -> Response {
        let isStill = try request.query().typed(FieldName.refresh) == "nej"
        let page = ViewsPage(
            status: application.views.status, rebuild: rebuild.state(at: context.now),
            past: PastFiles.all(in: application.files.data), refreshesItself: !isStill)
        var response = context.page(page)
        if page.isChanging, !isStill { response.headers[.token("Refresh")] = "2" }
        return response
    }

    func changeViews(_ context: SiteContext) throws -> Response {
        switch try context.form().choice(ViewsPage.action, of: ViewsPage.Action.self) {
        case .rebuild: rebuild.start(at: context.now)
        case .cancel: rebuild.cancel()
        case nil: throw PageError.malformed(.encoding)
        }
        return .redirect(to: .staffViews())
    }

    func members(_ request: Request, _ context: SiteContext) throws -> Response {
        let name = try request.query().text(StaffMembersPage.name)
        let number = try request.pageNumber()
        let viewer = context.reader.viewer
        let shown = try application.accounts.shownFields(at: context.now)
        let directory = Viewpoint(viewer, in: .directory, showing: shown)
        let profile = Viewpoint(viewer, in: .profile, showing: shown)
        let page = try application.views.read { snapshot in
            let listing = try snapshot.members.list(.init(name: name), from: directory, page: number)
            let paging = Paging(page: number, count: listing.count, size: MemberDirectory.pageSize)
            guard paging.exists else { throw PageError.notFound }
            let rows = try listing.entries.compactMap {
                try snapshot.members.profile($0.member.id, from: profile)
            }
            return StaffMembersPage(name: name, rows: rows, count: listing.count, paging: paging)
        }
        return context.page(page)
    }
}
