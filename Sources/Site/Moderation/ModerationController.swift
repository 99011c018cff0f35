import Accounts
import Events
import Forum
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// Moderators' actions on threads and posts, and administrators' actions on categories.
struct ModerationController: Sendable {
    let application: Application
    func add(to routes: inout Routes) {
        let post = application.postInAddress
        let thread = application.threadInAddress
        routes.get(.moderateThread, about: thread) { try showThread($0, $1) }
        routes.post(.moderateThread, about: thread) { try await moderateThread($0, $1) }
        routes.get(.removePost, about: post) { try showRemoval($0, $1) }
        routes.post(.removePost, about: post) { try await removePost($0, $1) }
        routes.post(.reinstatePost, about: post) { try await reinstatePost($0, $1) }
        routes.get(.erasePostForGood, about: post) { try showErasure(ofPost: $1) }
        routes.post(.erasePostForGood, about: post) { try await erasePost($1) }
        routes.get(.eraseTitle, about: thread) { try showErasure(ofTitle: $1) }
        routes.post(.eraseTitle, about: thread) { try await eraseTitle($1) }
        routes.get(.staffCategories, about: .nobodys) { try showCategories($0, $1) }
        routes.post(.staffCategories, about: .nobodys) { try await changeCategories($0, $1) }
        routes.get(.staffCategory, about: .nobodys) { try showCategory($0, $1) }
        routes.post(.staffCategory, about: .nobodys) { try await changeCategory($0, $1) }
    }

    func thread(_ context: SiteContext) throws -> ThreadList.Entry {
        let id: ThreadID = try context.id()
        guard let thread = try application.views.threads.find(id) else {
            throw PageError.notFound
        }
        return thread
    }
}

extension FieldName {
    static let category: FieldName = "category"
}
