import Accounts
import Events
import Forum
import Hummingbird
import Processes
import Projections
import SiteMap

/// Everything under `/forum`, `/trad` and `/inlagg`: reading for everybody, writing for members.
struct ForumController: Sendable {
    let application: Application
    let visitorPages: VisitorPages

    init(application: Application) {
        self.application = application
        visitorPages = VisitorPages(of: application.views)
    }

    func add(to routes: inout Routes) {
        routes.cache(visitorPages)
        routes.get(.forum) { try showForum($0, $1) }
        routes.get(.category) { try showCategory($0, $1) }
        routes.get(.thread) { try showThread($0, $1) }
        routes.get(.titledThread) { try showThread($0, $1) }
        routes.get(.post) { try showPlace(of: $0, $1) }
        routes.get(.postHistory) { try await showHistory($0, $1) }

        routes.get(.newThread) { try showNewThread($0, $1) }
        routes.post(.newThread) { try await openThread($0, $1) }
        routes.get(.reply) { try showReply($0, $1) }
        routes.post(.reply) { try await reply($0, $1) }
        routes.get(.retitleThread) { try showRetitling($0, $1) }
        routes.post(.retitleThread) { try await retitle($0, $1) }
        routes.get(.editPost) { try showEdit($0, $1) }
        routes.post(.editPost) { try await revise($0, $1) }
        routes.get(.erasePost) { try showDeletion($0, $1) }
        routes.post(.erasePost) { try await delete($0, $1) }
        routes.post(.restorePost) { try await restore($0, $1) }
        routes.post(.eraseRevision) { try await deleteRevision($0, $1) }
        routes.post(.restoreRevision) { try await restoreRevision($0, $1) }
        // The script requests it while the member writes.
        routes.post(.postPreview, limit: .read) { try await preview($0, $1) }
    }
}

extension Reader {
    /// Which categories are open to this reader.
    var audience: Audience { isMember ? .members : .everybody }

    /// Whether the reader may moderate posts and threads of this author; never her own (P-08.2).
    func moderates(_ author: PublicMember) -> Bool { moderates && member?.id != author.id }

    /// Whether the reader may read the earlier versions of this author's posts (P-06.3).
    func mayReadHistory(of author: PublicMember) -> Bool { mayReadHistory(of: author.id) }

    func mayReadHistory(of author: MemberID) -> Bool { actor.map { $0.id == author } ?? false || moderates }

    /// Whether the reader may close, move and pin threads and remove posts.
    var moderates: Bool { actor.map { !$0.roles.isDisjoint(with: [.moderator, .administrator]) } ?? false }
}

extension SignedInMember {
    /// The member and the role in which she acts in the forum.
    var standing: Standing {
        if roles.contains(.administrator) { return Standing(id, as: .administrator) }
        return Standing(id, as: roles.contains(.moderator) ? .moderator : .member)
    }
}

extension FieldName {
    static let postTitle: FieldName = "title"
    static let postText: FieldName = "text"
    /// The pressed button, in forms that have several.
    static let action: FieldName = "action"
}
