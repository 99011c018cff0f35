package import Events
package import Projections
import SiteMap

extension NotificationList.Entry {
    package var target: SiteLink {
        if kind == .reportsWaiting { return .moderationQueue() }
        if let post { return .post(post) }
        if let thread { return .thread(thread) }
        if let waitingCase { return .staffCase(waitingCase) }
        return conversation.map { .conversation($0) } ?? .notifications
    }
}

extension NotificationList.Entry {
    /// What has happened, in one line for the link to it.
    package var sentence: String {
        let name = author?.nameWithRole ?? "Administrationen"
        let thread = threadTitle.map { "”\($0)”" } ?? "en tråd"
        return switch kind {
        case .mention: "\(name) nämnde dig i \(thread)"
        case .quote: "\(name) citerade dig i \(thread)"
        case .reply: "\(name) svarade i din tråd \(thread)"
        case .watchedThread: "\(name) skrev i \(thread), som du bevakar"
        case .watchedCategory: "\(name) startade tråden \(thread)"
        case .postRemoved: "En moderator tog bort ditt inlägg i \(thread)"
        case .postReinstated: "En moderator återställde ditt inlägg i \(thread)"
        case .postErased: "En moderator raderade ditt inlägg i \(thread) för gott"
        case .threadClosed: "En moderator låste din tråd \(thread)"
        case .threadReopened: "En moderator låste upp din tråd \(thread)"
        case .threadMoved: "En moderator flyttade din tråd \(thread)"
        case .threadRetitled: "En moderator ändrade rubriken på din tråd \(thread)"
        case .titleErased: "En moderator raderade rubriken på en av dina trådar"
        case .reportsWaiting: "Något är anmält och väntar på beslut"
        case .caseWaits: "En fråga till administrationen har väntat länge på svar"
        case .opened: "En administratör har läst ett meddelande i ett samtal där du är med"
        }
    }
}

extension NotificationList.Entry.Reason {
    package var words: String {
        switch self {
        case .removal(let reason): reason.words
        case .erasure(let reason): reason.words.inSentence
        }
    }
}
