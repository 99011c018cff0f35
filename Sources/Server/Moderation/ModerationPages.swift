import Accounts
import Events
import Forum
import Hummingbird
import Projections

/// What moderators do to threads and posts, and administrators to categories.
struct ModerationPages: Sendable {
    let community: Community
    private static let administrators = Admission.staff([.administrator], .nobodys)

    func add(to routes: inout Routes) {
        let post = Admission.staff([.moderator, .administrator], community.postInAddress)
        let thread = Admission.staff([.moderator, .administrator], community.threadInAddress)
        routes.get(.moderateThread, for: thread) { try showThread($0, $1) }
        routes.post(.moderateThread, for: thread) { try await moderateThread($0, $1) }
        routes.get(.removePost, for: post) { try showRemoval($0, $1) }
        routes.post(.removePost, for: post) { try await removePost($0, $1) }
        routes.post(.reinstatePost, for: post) { try await reinstatePost($0, $1) }
        routes.get(.erasePostForGood, for: post) { try showErasure(ofPost: $1) }
        routes.post(.erasePostForGood, for: post) { try await erasePost($1) }
        routes.get(.eraseTitle, for: thread) { try showErasure(ofTitle: $1) }
        routes.post(.eraseTitle, for: thread) { try await eraseTitle($1) }
        routes.get(.staffCategories, for: Self.administrators) { try showCategories($0, $1) }
        routes.post(.staffCategories, for: Self.administrators) { try await changeCategories($0, $1) }
        routes.get(.staffCategory, for: Self.administrators) { try showCategory($0, $1) }
        routes.post(.staffCategory, for: Self.administrators) { try await changeCategory($0, $1) }
    }

    func thread(_ context: SiteContext) throws -> ThreadList.Entry {
        let id: ThreadID = try context.id()
        guard let thread = try community.views.threads.find(id) else {
            throw PageError.notFound
        }
        return thread
    }
}

extension FieldName {
    static let category: FieldName = "category"
}
