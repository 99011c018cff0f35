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
    case post(PostID), editPost(PostID), erasePost(PostID), postHistory(PostID, page: Int = 1), postPreview
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
    case signInCode, signOut, forgottenPassword, newPassword(token: String)
    case settings, mailPreferences, unsubscribe(token: String), rights
    case settingsAfter(SettingsChange), mailPreferencesSaved
    case showNumber, changeEmail, changeUsername, changeMunicipality, changePassword, answerConsent, protectIdentity
    case signInSettings, twoFactor, confirmTwoFactor, disableTwoFactor, renewRecoveryCodes
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

    case administration, moderationQueue(page: Int = 1, after: CaseChange? = nil), staffPolicy, statistics
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
    case staffEndSessions(MemberID), staffRestore(MemberID), staffHold(MemberID), staffAppeals, staffAppeal(MemberID)
    case staffTwoFactor(MemberID), staffTwoFactorResets
    case staffReportedMessages(page: Int = 1), staffReportedMessage(MessageID)
    case staffReviews(page: Int = 1), staffReview(MemberID)
    case staffCases(show: CaseFilter = .due, page: Int = 1), staffCase(CaseID, after: CaseChange? = nil)
    /// A mail of the case as it came, by its number there.
    case staffCaseMail(CaseID, Int)
    case audit, conformance, checkpoints, holds
    case memberTrail(MemberID), processing, processingExport, publicConformance, staffStorage
    case auditTrail(query: [Query.Item] = [])
    case auditEvent(Int), eventProof(Int)

    case cosignedCheckpoint, stampedCheckpoint, checkpointTimestamp
    case checkpoint, feed, sitemap, robots, health, readiness, metrics
    case asset(named: String)

    /// The id that a post has on its thread's page.
    static func anchor(of post: PostID) -> String { anchor(of: post.description) }

    static func anchor(of post: String) -> String { "inlagg-" + post }

    /// The id that a message has on its conversation's page.
    static func anchor(of message: MessageID) -> String { "meddelande-\(message)" }
}
