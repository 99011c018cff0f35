import Accounts
import Events
import Messaging
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Addresses of the site` {
    private static let pages: [SiteLink] = [
        .start, .forum, .information, .notifications, .category("skatt-och-moms"), .newThread(in: "skatt"),
        .categoryFeed("skatt"), .thread(ThreadID(rawValue: 7)), .thread(ThreadID(rawValue: 7), slug: "byta-bank"),
        .reply(to: ThreadID(rawValue: 7)), .moderateThread(ThreadID(rawValue: 7)),
        .retitleThread(ThreadID(rawValue: 7)),
        .removePost(PostID(rawValue: 1)), .reinstatePost(PostID(rawValue: 1)), .erasePostForGood(PostID(rawValue: 1)),
        .eraseTitle(of: ThreadID(rawValue: 7)), .staffCategories,
        .staffCategory(CategoryID(rawValue: 1)), .post(PostID(rawValue: 1)), .editPost(PostID(rawValue: 1)),
        .erasePost(PostID(rawValue: 1)), .restorePost(PostID(rawValue: 1)), .postHistory(PostID(rawValue: 1)),
        .eraseRevision(1, of: PostID(rawValue: 1)), .restoreRevision(1, of: PostID(rawValue: 1)), .postPreview,
        .search("moms"), .members(),
        .member(KitSite.karin), .conversations(), .newConversation(with: KitSite.karin),
        .conversation(ConversationID(rawValue: 1)), .leaveConversation(ConversationID(rawValue: 1)),
        .muteConversation(ConversationID(rawValue: 1)), .reportMessage(MessageID(rawValue: 1)), .blockedMembers,
        .eraseMessage(MessageID(rawValue: 1)), .restoreMessage(MessageID(rawValue: 1)),
        .blockMember(KitSite.karin), .notification(1), .readNotifications, .liveCounts,
        .bookmarks(), .bookmark(PostID(rawValue: 1)), .removeBookmark(PostID(rawValue: 1)), .drafts, .removeDraft,
        .watchThread(ThreadID(rawValue: 7)), .watchCategory("skatt"), .staffReportedMessages(),
        .staffReportedMessage(MessageID(rawValue: 1)), .register, .confirm(token: "t"), .signIn(), .signOut,
        .forgottenPassword, .newPassword(token: "t"), .settings, .settingsAfter(.username), .showNumber,
        .changeEmail, .changeUsername, .changeMunicipality, .changePassword, .signInSettings, .twoFactor,
        .confirmTwoFactor,
        .disableTwoFactor, .renewRecoveryCodes, .signInCode, .staffTwoFactor(KitSite.karin), .staffTwoFactorResets,
        .answerConsent, .protectIdentity,
        .endSessions, .clearReading, .reportCompromise, .requestCorrection(.name), .accessReport,
        .confirmNewEmail(token: "t"),
        .undoEmailChange(token: "t"), .acceptTexts(returningTo: ReturnPath("/forum")), .mailPreferences,
        .mailPreferencesSaved, .staffCorrections(), .staffCorrection(CorrectionID(rawValue: 1)),
        .staffCorrectionNumber(CorrectionID(rawValue: 1)), .staffCaseNumbers(CaseID(rawValue: 1)),
        .staffMessageNumbers(MessageID(rawValue: 1)),
        .unsubscribe(token: "t"), .rights,
        .closeAccount, .restoreLink, .restoreAccount(token: "t"), .appeal(token: "t"), .receipt(token: "t"),
        .staffSearch, .staffFormerMembers, .staffMemberData(KitSite.karin), .staffNumber(KitSite.karin),
        .staffClose(KitSite.karin),
        .staffDeactivate(KitSite.karin), .staffEndSessions(KitSite.karin), .staffRestore(KitSite.karin),
        .staffHold(KitSite.karin), .staffAppeals,
        .staffAppeal(KitSite.karin), .holds, .privacyPolicy(),
        .privacyPolicy(version: "2019-08-18"), .privacyPolicyChanges(from: "2019-08-18", to: "2026-01-01"),
        .memberTerms(), .memberTerms(version: "2019-08-18"), .memberTermsChanges(), .cookies, .accessibility, .about,
        .contactSent, .reportSent, .ownCases, .ownCase(CaseID(rawValue: 1)), .openDispute(),
        .openDispute(about: .thread(ThreadID(rawValue: 7)), with: "moa"), .caseByLink(CaseID(rawValue: 1), token: "t"),
        .caseReport(CaseID(rawValue: 1), token: "t"), .staffCases(show: .closed, page: 2),
        .contact, .report(), .administration, .moderationQueue(), .newsletter(), .newIssue,
        .staffIssue(IssueID(rawValue: 1)), .staffMail(), .retryAddress, .newsletterArchive(),
        .newsletterIssue(IssueID(rawValue: 1)), .staffPolicy, .staffPolicyPreview(), .staffViews(), .statistics,
        .staffVisits, .staffRetention, .writeVersion(.terms),
        .versionPublished(.policy, CalendarDate(year: 2028, month: 3, day: 1)!),
        .staffMembers(), .staffMember(KitSite.karin), .staffCases(), .staffCase(CaseID(rawValue: 1)),
        .staffCaseMail(CaseID(rawValue: 1), 1), .audit,
        .staffReviews(), .staffReview(KitSite.karin), .conformance, .checkpoints, .auditTrail(),
        .memberTrail(KitSite.karin), .erasureSearch, .processing, .processingExport, .publicConformance, .staffStorage,
        .auditEvent(1),
        .eventProof(1), .checkpoint, .cosignedCheckpoint, .stampedCheckpoint, .checkpointTimestamp, .feed, .sitemap,
        .robots, .health, .readiness,
        .metrics, .asset(named: "site.css"), .favicon, .touchIcon,
    ]

    @Test func `every route has a page that leads to it`() {
        let paths = Self.pages.map { $0.url.prefix { $0 != "?" && $0 != "#" } }
        // Tiles are for programs, which construct their addresses.
        for route in SiteMap.addresses where route != .tile {
            let wanted = route.pattern.split(separator: "/")
            let isReached = paths.contains { path in
                let segments = path.split(separator: "/")
                return segments.count == wanted.count
                    && zip(segments, wanted).allSatisfy { $1.hasPrefix("{") ? !$0.isEmpty : $0 == $1 }
            }
            #expect(isReached, "\(route)")
        }
    }

    @Test func `every page's address is well-formed`() {
        for page in Self.pages { #expect(ReturnPath(page.url) != nil, "\(page)") }
    }

    @Test func `what was typed stays in its place in an address`() {
        #expect(SiteLink.category("a/b?c#d å").url == "/forum/a%2Fb%3Fc%23d%20%C3%A5")
        #expect(SiteLink.search("a&b=c +å").url == "/sok?q=a%26b%3Dc%20%2B%C3%A5")
        #expect(SiteLink.search("", page: 2).url == "/sok?sida=2")
        let post = PostID(rawValue: 1)
        #expect(
            SiteLink.thread(ThreadID(rawValue: 7), slug: "x", page: 2, post: post).url
                == "/trad/\(ThreadID(rawValue: 7))/x?sida=2#inlagg-\(post)")
    }

    @Test(arguments: [
        "//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\nb", "/..//x", "/a b", "/%2e%2e/x",
    ])
    func `nobody is sent to another site after signing in`(text: String) {
        #expect(ReturnPath(text) == nil)
    }

    @Test(arguments: [
        "//", "//forum", "/forum//x", "/./forum", "/forum/..", "/forum/%2e%2e/x", "/forum/%2E", "/forum/.%2e",
        "/a%2fb", "/a%5cb", "/a\\b", "/a%00", "/a%", "/a%ff", "/a\u{0}b", "/å", "forum", "", "/forum/",
        "/" + String(repeating: "a", count: 3000),
    ])
    func `a path with tricks in it leads nowhere`(path: String) {
        #expect(!RequestPath.isWellFormed(path))
    }

    @Test func `an ordinary path leads somewhere`() {
        for path in [
            "/", "/forum", "/forum/a-b", "/tillgang/site.0a.css", "/a%20b", "/forum/sk%C3%A5p", "/.well-known/x",
        ] {
            #expect(RequestPath.isWellFormed(path), "\(path)")
        }
    }
}
