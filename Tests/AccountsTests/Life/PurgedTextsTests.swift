import Testing
import Testkit

@testable import Accounts
@testable import Events

@Suite(.clause("P-16.3")) struct `A purge` {
    @Test func `leaves texts alone or takes them along, as was chosen`() throws {
        let moa = MemberID(rawValue: 7)
        let post = Subject(.post, PostID(rawValue: 1))
        let marked = Subject(.post, PostID(rawValue: 2))
        let receipt = TextHash(of: "token")
        let erasures = { (texts: TextsChoices) in
            Closing(ClosingDecision(.own, texts: texts, marked: [marked], receipt: receipt), at: Sample.now)
                .erasures(of: moa, single: [marked], hadLegalHold: true) { part in
                    FenceID(createdBy: Sample.command(part))
                }
        }
        let covers = { (texts: TextsChoices, subject: Subject) in
            erasures(texts).contains { $0.scope.covers(subject, of: Owner(moa)) }
        }
        #expect(!covers(.anonymise, post) && covers(.anonymise, marked))
        #expect(covers(.erase, post) && covers(.erase, marked))
        let message = Subject(.message, MessageID(rawValue: 3))
        let (posts, messages) = (
            TextsChoices(posts: .erase, messages: .anonymise), TextsChoices(posts: .anonymise, messages: .erase)
        )
        #expect(
            covers(posts, post) && covers(posts, Subject(.revision, PostID(rawValue: 9))) && !covers(posts, message))
        #expect(!covers(messages, post) && covers(messages, marked) && covers(messages, message))
        let texts: Set<SubjectKind> = [.post, .revision, .thread, .message, .picture, .category, .issue]
        for kind in SubjectKind.allCases where !texts.contains(kind) {
            #expect(covers(.anonymise, Subject(kind, createdBy: Sample.command())))
        }
        for texts in [.anonymise, .erase, posts, messages] {
            #expect(erasures(texts).last?.scope == .owner(Accounts.ownerOfHolds(on: moa)))
            #expect(Set(erasures(texts).map(\.fence)).count == erasures(texts).count)
        }
        #expect(erasures(.anonymise).first?.receipt == receipt && erasures(.erase).first?.receipt == receipt)
    }
}
