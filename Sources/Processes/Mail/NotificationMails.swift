import Accounts
import Events
package import Messaging
import Projections
import SiteMap

/// The mails about news; what has been read by the time of writing is left out.
struct NotificationMails: Sendable {
    let application: Application

    /// The mail that the event at a position asked for; nil if there is no longer anything to report.
    func text(askedAt position: Int, siteName: String) throws -> MailText? {
        guard let event = try application.log.events(after: position - 1, limit: 1).first,
            event.position == position
        else { return nil }
        switch try NotificationEvent.decode(event) {
        case .mailAsked(.reports, about: _, let member):
            let waiting = try application.signedInMember(member)?.unread.reports ?? 0
            return waiting == 0 ? nil : .reportsWaiting(waiting, siteName: siteName)
        case .mailAsked(let mail, let about, let member):
            guard let kind = mail.kind, try application.accounts.mailPace(of: kind, for: member) == .atOnce else {
                return nil
            }
            return try place(of: mail, about, member).map { .notification(mail, at: $0, siteName: siteName) }
        case .digestAsked(let through, let member):
            let before = try previousDigest(before: event)
            let counts = try Digest(of: member, in: application).counts(after: before, through: through)
            return counts.isEmpty ? nil : .digest(counts, siteName: siteName)
        case .watched, .unwatched, .opened, .read, nil: return nil
        }
    }

    /// The page where the news is read; nil if it has been read, or is gone.
    private func place(of mail: NotificationMail, _ position: Int, _ member: MemberID) throws -> SiteLink? {
        let read = try application.readMarkers(of: member)
        return try application.views.read { snapshot in
            switch mail {
            case .message:
                try snapshot.pendingNotifications.unreadConversation(
                    withMessageAt: position, of: member, having: read
                ).map { .conversation($0) }
            case .reply, .mention, .quote, .watched:
                try snapshot.pendingNotifications.isUnread(noticeAt: position, of: member, having: read)
                    ? .notification(position) : nil
            case .reports: nil
            }
        }
    }

    private func previousDigest(before event: RecordedEvent) throws -> Int {
        try application.log.events(in: event.stream).prefix { $0.version < event.version }.reduce(0) { last, earlier in
            guard case .digestAsked(let through, to: _) = try NotificationEvent.decode(earlier) else { return last }
            return max(last, through)
        }
    }
}

extension SiteMail {
    /// The mail that a notification event asks for.
    package static func due(after event: NotificationEvent) -> SiteMail? {
        switch event {
        case .mailAsked(let mail, about: _, to: _):
            switch mail {
            case .message: .newMessage
            case .reply: .newReply
            case .mention: .newMention
            case .quote: .newQuote
            case .watched: .newWatched
            case .reports: .reportsWaiting
            }
        case .digestAsked: .digest
        case .watched, .unwatched, .opened, .read: nil
        }
    }
}
