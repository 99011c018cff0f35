import Accounts
import Events
import Messaging

/// A place on the site that something links or redirects to. URLs are spelled here and in `Route`, nowhere else.
enum Page: Hashable, Sendable {
    case start, forum, information, notifications
    case category(String, page: Int = 1)
    case newThread(in: String)
    case categoryFeed(String)
    case thread(ThreadID, slug: String? = nil, page: Int = 1, post: PostID? = nil)
    case reply(to: ThreadID, quoting: PostID? = nil)
    case retitleThread(ThreadID), moderateThread(ThreadID), eraseTitle(of: ThreadID)
    case post(PostID), editPost(PostID), erasePost(PostID), postHistory(PostID), postPreview
    case removePost(PostID), reinstatePost(PostID), erasePostForGood(PostID)
    case search(String = "", page: Int = 1)
    case members(query: [Query.Item] = [], page: Int = 1)
    case member(MemberID)
    case conversations(search: String? = nil, page: Int = 1)
    case newConversation(with: MemberID? = nil)
    /// Its newest messages, unless a page or a message is named.
    case conversation(ConversationID, page: Int? = nil, message: MessageID? = nil)
    case leaveConversation(ConversationID), muteConversation(ConversationID), reportMessage(MessageID)
    case blockedMembers, blockMember(MemberID)
    case notificationList(page: Int), notification(Int), readNotifications, liveCounts
    case watchThread(ThreadID), watchCategory(String)

    case register, confirm(token: String)
    case signIn(returningTo: ReturnPath? = nil)
    case signOut, forgottenPassword, newPassword(token: String)
    case settings, mailPreferences, unsubscribe(token: String), rights
    case settingsAfter(SettingsChange), mailPreferencesSaved
    case showNumber, changeEmail, changeUsername, changeMunicipality, changePassword, answerConsent, protectIdentity
    case endSessions, reportCompromise, accessReport
    case requestCorrection(CorrectedField? = nil)
    case confirmNewEmail(token: String), undoEmailChange(token: String)
    case acceptTexts(returningTo: ReturnPath? = nil)
    case closeAccount, wayBack, restoreAccount(token: String), receipt(token: String), appeal(token: String)

    case privacyPolicy(version: String? = nil)
    case privacyPolicyChanges(from: String? = nil, to: String? = nil)
    case memberTerms(version: String? = nil)
    case memberTermsChanges(from: String? = nil, to: String? = nil)
    case cookies, accessibility, about, contact
    case report(PostID? = nil)
    case contactSent, reportSent
    case ownCases, ownCase(CaseID, after: CaseChange? = nil)
    case openDispute(about: DisputeGround = .other, with: String? = nil)
    case caseByLink(CaseID, token: String, after: CaseChange? = nil), caseReport(CaseID, token: String)

    case administration, moderationQueue, staffPolicy, statistics
    case staffPolicyPreview(refreshing: Bool = true)
    case writeVersion(TextKind), versionPublished(TextKind, CalendarDate)
    case staffCorrections(page: Int = 1), staffCorrection(CorrectionID, after: SettingsChange? = nil)
    case staffVisits, staffRetention
    case staffMail(after: MailChange? = nil), retryAddress
    case newsletter(page: Int = 1), newIssue, staffIssue(IssueID, after: IssueChange? = nil)
    case newsletterArchive(page: Int = 1), newsletterIssue(IssueID)
    case staffCategories, staffCategory(CategoryID)
    /// Its page refreshes itself while views are being built, unless told not to.
    case staffViews(refreshing: Bool = true)
    case staffMembers(query: [Query.Item] = [], page: Int = 1), staffMember(MemberID)
    case staffSearch, staffFormerMembers, staffMemberData(MemberID), staffClose(MemberID), staffDeactivate(MemberID)
    case staffRestore(MemberID), staffHold(MemberID), staffAppeals, staffAppeal(MemberID)
    case staffReportedMessages(page: Int = 1), staffReportedMessage(MessageID)
    case staffReviews(page: Int = 1), staffReview(MemberID)
    case staffCases(show: CaseFilter = .due, page: Int = 1), staffCase(CaseID, after: CaseChange? = nil)
    case audit, conformance, checkpoints, holds
    case memberTrail(MemberID), processing, processingExport, publicConformance, staffStorage
    case auditTrail(query: [Query.Item] = [])
    case auditEvent(Int), eventProof(Int)

    case cosignedCheckpoint, stampedCheckpoint, checkpointTimestamp
    case checkpoint, feed, sitemap, robots, health, readiness, metrics
    case asset(named: String)

    /// Path, query and fragment, ready for an attribute or a `Location` header.
    var url: String {
        switch self {
        case .start: Route.start.path()
        case .forum: Route.forum.path()
        case .information: Route.information.path()
        case .notifications: Route.notifications.path()
        case .category(let category, let page): Query.page(page).appended(to: Route.category.path(category))
        case .newThread(let category): Route.newThread.path(category)
        case .categoryFeed(let category): Route.categoryFeed.path(category)
        case .thread(let id, let slug, let page, let post):
            Query.page(page).appended(
                to: slug.map { Route.titledThread.path("\(id)", $0) } ?? Route.thread.path("\(id)"))
                + (post.map { "#" + Page.anchor(of: $0) } ?? "")
        case .reply(let thread, let quoted):
            Query([.init("citat", quoted?.description)]).appended(to: Route.reply.path("\(thread)"))
        case .retitleThread(let id): Route.retitleThread.path("\(id)")
        case .moderateThread(let id): Route.moderateThread.path("\(id)")
        case .eraseTitle(let id): Route.eraseTitle.path("\(id)")
        case .post(let id): Route.post.path("\(id)")
        case .editPost(let id): Route.editPost.path("\(id)")
        case .erasePost(let id): Route.erasePost.path("\(id)")
        case .postHistory(let id): Route.postHistory.path("\(id)")
        case .removePost(let id): Route.removePost.path("\(id)")
        case .reinstatePost(let id): Route.reinstatePost.path("\(id)")
        case .erasePostForGood(let id): Route.erasePostForGood.path("\(id)")
        case .postPreview: Route.postPreview.path()
        case .search(let words, let page):
            Query([.init("q", words)]).and(.page(page)).appended(to: Route.search.path())
        case .members(let query, let page): Query(query).and(.page(page)).appended(to: Route.members.path())
        case .member(let id): Route.member.path("\(id)")
        case .conversations(let words, let page):
            Query([.init("q", words)]).and(.page(page)).appended(to: Route.conversations.path())
        case .newConversation(let member):
            Query([.init("till", member?.description)]).appended(to: Route.newConversation.path())
        case .conversation(let id, let page, let message):
            Query([.init("sida", page.map(String.init))]).appended(to: Route.conversation.path("\(id)"))
                + (message.map { "#" + Page.anchor(of: $0) } ?? "")
        case .leaveConversation(let id): Route.leaveConversation.path("\(id)")
        case .muteConversation(let id): Route.muteConversation.path("\(id)")
        case .reportMessage(let id): Route.reportMessage.path("\(id)")
        case .blockedMembers: Route.blockedMembers.path()
        case .blockMember(let id): Route.blockMember.path("\(id)")
        case .notificationList(let page): Query.page(page).appended(to: Route.notifications.path())
        case .notification(let position): Route.notification.path(String(position))
        case .readNotifications: Route.readNotifications.path()
        case .liveCounts: Route.liveCounts.path()
        case .watchThread(let id): Route.watchThread.path("\(id)")
        case .watchCategory(let category): Route.watchCategory.path(category)

        case .register: Route.register.path()
        case .confirm(let token): Route.confirm.path(token)
        case .signIn(let path): Query([.init("till", path?.description)]).appended(to: Route.signIn.path())
        case .signOut: Route.signOut.path()
        case .forgottenPassword: Route.forgottenPassword.path()
        case .newPassword(let token): Route.newPassword.path(token)
        case .settings: Route.settings.path()
        case .settingsAfter(let change):
            Query([.init(.done, change.rawValue)]).appended(to: Route.settings.path()) + change.anchor
        case .showNumber: Route.showNumber.path()
        case .changeEmail: Route.changeEmail.path()
        case .changeUsername: Route.changeUsername.path()
        case .changeMunicipality: Route.changeMunicipality.path()
        case .changePassword: Route.changePassword.path()
        case .answerConsent: Route.answerConsent.path()
        case .protectIdentity: Route.protectIdentity.path()
        case .endSessions: Route.endSessions.path()
        case .reportCompromise: Route.reportCompromise.path()
        case .accessReport: Route.accessReport.path()
        case .requestCorrection(let field):
            Query([.init(.correctedField, field?.rawValue)]).appended(to: Route.requestCorrection.path())
        case .confirmNewEmail(let token): Route.confirmNewEmail.path(token)
        case .undoEmailChange(let token): Route.undoEmailChange.path(token)
        case .acceptTexts(let path):
            Query([.init(.returnPath, path?.description)]).appended(to: Route.acceptTexts.path())
        case .mailPreferences: Route.mailPreferences.path()
        case .mailPreferencesSaved:
            Query([.init(.done, "ja")]).appended(to: Route.mailPreferences.path())
        case .unsubscribe(let token): Route.unsubscribe.path(token)
        case .rights: Route.rights.path()
        case .closeAccount: Route.closeAccount.path()
        case .wayBack: Route.wayBack.path()
        case .restoreAccount(let token): Route.restoreAccount.path(token)
        case .appeal(let token): Route.appeal.path(token)
        case .receipt(let token): Route.receipt.path(token)

        case .privacyPolicy(let version):
            version.map { Route.privacyPolicyVersion.path($0) } ?? Route.privacyPolicy.path()
        case .privacyPolicyChanges(let from, let to):
            Query([.init("fran", from), .init("till", to)]).appended(to: Route.privacyPolicyChanges.path())
        case .memberTerms(let version): version.map { Route.memberTermsVersion.path($0) } ?? Route.memberTerms.path()
        case .memberTermsChanges(let from, let to):
            Query([.init("fran", from), .init("till", to)]).appended(to: Route.memberTermsChanges.path())
        case .cookies: Route.cookies.path()
        case .accessibility: Route.accessibility.path()
        case .about: Route.about.path()
        case .contact: Route.contact.path()
        case .contactSent: Query([.init(.done, CaseChange.sent.rawValue)]).appended(to: Route.contact.path())
        case .reportSent: Query([.init(.done, CaseChange.sent.rawValue)]).appended(to: Route.report.path())
        case .ownCases: Route.ownCases.path()
        case .ownCase(let id, let change):
            Query([.init(.done, change?.rawValue)]).appended(to: Route.ownCase.path("\(id)"))
        case .openDispute(let ground, let username):
            Query(ground.query + [.init(.username, username)]).appended(to: Route.openDispute.path())
        case .caseByLink(let id, let token, let change):
            Query([.init(.done, change?.rawValue)]).appended(to: Route.caseByLink.path("\(id)", token))
        case .caseReport(let id, let token): Route.caseReport.path("\(id)", token)
        case .report(let post): Query([.init("inlagg", post?.description)]).appended(to: Route.report.path())

        case .administration: Route.administration.path()
        case .moderationQueue: Route.moderationQueue.path()
        case .newsletter(let page): Query.page(page).appended(to: Route.newsletter.path())
        case .newIssue: Route.newIssue.path()
        case .staffIssue(let id, let change):
            Query([.init(.done, change?.rawValue)]).appended(to: Route.staffIssue.path("\(id)"))
        case .staffMail(let change): Query([.init(.done, change?.rawValue)]).appended(to: Route.staffMail.path())
        case .retryAddress: Route.retryAddress.path()
        case .newsletterArchive(let page): Query.page(page).appended(to: Route.newsletterArchive.path())
        case .newsletterIssue(let id): Route.newsletterIssue.path("\(id)")
        case .staffPolicy: Route.staffPolicy.path()
        case .staffPolicyPreview(let refreshing):
            Query([.init(ViewsPage.refresh, refreshing ? nil : "nej")]).appended(to: Route.staffPolicyPreview.path())
        case .writeVersion(let kind): Query([.init(.writing, kind.rawValue)]).appended(to: Route.staffPolicy.path())
        case .versionPublished(let kind, let version):
            Query([.init(.done, kind.rawValue), .init(.version, version.description)])
                .appended(to: Route.staffPolicy.path())
        case .staffViews(let refreshing):
            Query([.init("uppdatera", refreshing ? nil : "nej")]).appended(to: Route.staffViews.path())
        case .statistics: Route.statistics.path()
        case .staffCorrections(let page): Query.page(page).appended(to: Route.staffCorrections.path())
        case .staffCorrection(let id, let change):
            Query([.init(.done, change?.rawValue)]).appended(to: Route.staffCorrection.path("\(id)"))
        case .staffVisits: Route.staffVisits.path()
        case .staffRetention: Route.staffRetention.path()
        case .staffCategories: Route.staffCategories.path()
        case .staffCategory(let id): Route.staffCategory.path("\(id)")
        case .staffMembers(let query, let page):
            Query(query).and(.page(page)).appended(to: Route.staffMembers.path())
        case .staffMember(let id): Route.staffMember.path("\(id)")
        case .staffSearch: Route.staffSearch.path()
        case .staffFormerMembers: Route.staffFormerMembers.path()
        case .staffMemberData(let id): Route.staffMemberData.path("\(id)")
        case .staffClose(let id): Route.staffClose.path("\(id)")
        case .staffDeactivate(let id): Route.staffDeactivate.path("\(id)")
        case .staffRestore(let id): Route.staffRestore.path("\(id)")
        case .staffHold(let id): Route.staffHold.path("\(id)")
        case .staffAppeals: Route.staffAppeals.path()
        case .staffAppeal(let id): Route.staffAppeal.path("\(id)")
        case .staffReportedMessages(let page): Query.page(page).appended(to: Route.staffReportedMessages.path())
        case .staffReportedMessage(let id): Route.staffReportedMessage.path("\(id)")
        case .staffReviews(let page): Query.page(page).appended(to: Route.staffReviews.path())
        case .staffReview(let id): Route.staffReview.path("\(id)")
        case .staffCases(let filter, let page):
            Query([.init(.filter, filter == .due ? nil : filter.rawValue)]).and(.page(page))
                .appended(to: Route.staffCases.path())
        case .staffCase(let id, let change):
            Query([.init(.done, change?.rawValue)]).appended(to: Route.staffCase.path("\(id)"))
        case .audit: Route.audit.path()
        case .holds: Route.holds.path()
        case .conformance: Route.conformance.path()
        case .memberTrail(let id): Route.memberTrail.path("\(id)")
        case .processing: Route.processing.path()
        case .processingExport: Route.processingExport.path()
        case .publicConformance: Route.publicConformance.path()
        case .staffStorage: Route.staffStorage.path()
        case .checkpoints: Route.checkpoints.path()
        case .auditTrail(let query): Query(query).appended(to: Route.auditTrail.path())
        case .auditEvent(let position): Route.auditEvent.path(String(position))
        case .eventProof(let position): Route.eventProof.path(String(position))

        case .checkpoint: Route.checkpoint.path()
        case .cosignedCheckpoint: Route.cosignedCheckpoint.path()
        case .stampedCheckpoint: Route.stampedCheckpoint.path()
        case .checkpointTimestamp: Route.checkpointTimestamp.path()
        case .feed: Route.feed.path()
        case .sitemap: Route.sitemap.path()
        case .robots: Route.robots.path()
        case .health: Route.health.path()
        case .readiness: Route.readiness.path()
        case .metrics: Route.metrics.path()
        case .asset(let name): Route.asset.path(name)
        }
    }

    /// The id that a post has on its thread's page.
    static func anchor(of post: PostID) -> String { anchor(of: post.description) }

    static func anchor(of post: String) -> String { "inlagg-" + post }

    /// The id that a message has on its conversation's page.
    static func anchor(of message: MessageID) -> String { "meddelande-\(message)" }
}
