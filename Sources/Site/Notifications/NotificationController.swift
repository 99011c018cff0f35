import Events
import Forum
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// A member's notifications, the pages they lead to, and the threads and categories that she follows.
struct NotificationController: Sendable {
    let application: Application
    let live: LiveCounts

    init(application: Application, site: WebEnvironment) {
        self.application = application
        live = LiveCounts(application: application, site: site)
    }

    static let through: FieldName = "till-och-med"
    static let watched: FieldName = "bevaka"

    func add(to routes: inout Routes) {
        routes.get(.notifications) { try showList($0, $1) }
        routes.get(.notification) { try follow($0, $1) }
        routes.post(.readNotifications) { try await readAll($0, $1) }
        routes.get(.liveCounts) { _, context in try live.response(context) }
        routes.get(.watchThread) { _, context in try showWatching(try thread(context), context) }
        routes.post(.watchThread) { _, context in try await watch(try thread(context), context) }
        routes.get(.watchCategory) { _, context in try showWatching(try category(context), context) }
        routes.post(.watchCategory) { _, context in try await watch(try category(context), context) }
    }

    private func showList(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember()
        let number = try request.pageNumber()
        let read = try application.readMarkers(of: member.id)
        let page = try application.views.read { snapshot in
            NotificationListPage(
                entries: try snapshot.notifications.of(member.id, page: number, having: read),
                watches: try snapshot.notifications.watched(by: member.id),
                categories: try snapshot.categories.all(for: .members), unread: member.unread,
                paging: Paging(
                    page: number, count: try snapshot.notifications.count(of: member.id),
                    size: NotificationList.pageSize))
        }
        guard page.paging.exists else { throw PageError.notFound }
        return context.page(page)
    }

    /// `/aviseringar/{position}`: notes that the notification was seen, and redirects to its subject.
    private func follow(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        guard let position = Int(try context.place("position")),
            let notification = try application.views.notifications.find(
                position, of: member, having: application.readMarkers(of: member))
        else { throw PageError.notFound }
        if !notification.isRead, request.method != .head {
            application.markOpened(notification.position, by: member)
        }
        return .redirect(to: notification.target)
    }

    private func readAll(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        guard let position = try context.form().value(NotificationController.through, as: Int.self),
            (0...application.log.head).contains(position)
        else { throw PageError.malformed(.encoding) }
        application.markNotificationsRead(through: position, by: member)
        return .redirect(to: .notifications)
    }
}
