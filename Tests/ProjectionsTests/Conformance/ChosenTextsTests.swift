import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Forum
@testable import Messaging
@testable import Projections

@Suite(.clause("P-16.3")) struct `The texts that go with a member` {
    private let anna = WrittenLog.anna
    private let owner = Owner(WrittenLog.anna)
    private let post = WrittenLog.post
    private let message = MessageID(rawValue: 71)
    private let conversation = ConversationID(rawValue: 70)

    /// Anna has written a post and a message.
    private func written() throws -> WrittenLog {
        var log = try WrittenLog()
        log.write(anna)
        let sent = ConversationEvent.sent(message, in: conversation, author: anna, text: .erased)
        log.add(sent, in: StreamName(conversation), by: .member(anna))
        return log
    }

    private func close(
        _ log: inout WrittenLog, posts: TextsChoice = .anonymise, messages: TextsChoice = .anonymise,
        marked: [Subject] = []
    ) {
        let choice = TextsChoices(posts: posts, messages: messages)
        let decision = ClosingDecision(.own, texts: choice, marked: marked, receipt: TextHash(of: "receipt"))
        log.about(anna, .closing(.closed(decision)))
    }

    /// Erases the person, and the texts that are named.
    private func purge(_ log: WrittenLog, _ subjects: [Subject] = [], kinds: [SubjectKind] = []) -> Set<InvariantName> {
        var log = log
        log.purge(anna, .requested, fencing: false)
        log.erase(.kinds([.identity, .email, .credential] + kinds, of: owner))
        if !subjects.isEmpty { log.erase(.subjects(subjects)) }
        log.wait("P2D")
        return log.broken
    }

    private func moderate(_ event: PostEvent, in log: inout WrittenLog) {
        log.add(event, in: StreamName(post), by: .member(WrittenLog.astrid))
    }

    @Test func `are those of the kinds that she chose at closing, and no others`() throws {
        var (none, posts, messages) = (try written(), try written(), try written())
        close(&none)
        #expect(purge(none) == [])
        close(&posts, posts: .erase)
        #expect(purge(posts) == [.chosenTextsGo])
        #expect(purge(posts, kinds: [.message]) == [.chosenTextsGo])
        #expect(purge(posts, kinds: [.post]) == [] && purge(posts, [Subject(.post, post)]) == [])
        close(&messages, messages: .erase)
        #expect(purge(messages, kinds: [.post]) == [.chosenTextsGo])
        #expect(purge(messages, [Subject(.message, message)]) == [])
        var nothing = try WrittenLog()
        close(&nothing, posts: .erase, messages: .erase)
        #expect(purge(nothing) == [], "who has written nothing")
    }

    @Test func `are chosen until the erasure: the last choice holds`() throws {
        var log = try written()
        close(&log, posts: .erase)
        log.about(anna, .closing(.textsChosen(.anonymise, erasing: [Subject(.message, message)])), by: .visitor)
        #expect(purge(log) == [.chosenTextsGo])
        #expect(purge(log, [Subject(.message, message)]) == [])
    }

    @Test func `are marked posts with all their revisions`() throws {
        var log = try written()
        let revision = Subject(.revision, MemberID(rawValue: 500))
        let revised = PostEvent.revised(post, author: anna, revision: 2, under: revision, body: .erased)
        log.add(revised, in: StreamName(post), by: .member(anna))
        close(&log, marked: [Subject(.post, post)])
        #expect(purge(log, [Subject(.post, post)]) == [.chosenTextsGo])
        #expect(purge(log, [Subject(.post, post), revision]) == [])
        var one = try written()
        one.add(revised, in: StreamName(post), by: .member(anna))
        one.add(PostEvent.revisionDeleted(post, 1), in: StreamName(post), by: .member(anna))
        close(&one)
        #expect(purge(one, [revision]) == [.chosenTextsGo], "a revision that she had deleted")
        #expect(purge(one, [Subject(.post, post)]) == [])
    }

    @Test func `are those that she had deleted or that were removed, unless that was undone`() throws {
        var (deleted, removed, message) = (try written(), try written(), try written())
        deleted.add(PostEvent.deleted(post), in: StreamName(post), by: .member(anna))
        try removed.open(.report(.spam, .post(post)))
        try removed.decide(.upheld)
        moderate(.removed(post, .spam), in: &removed)
        message.add(
            ConversationEvent.messageDeleted(conversation, self.message), in: StreamName(conversation),
            by: .member(anna))
        var (restored, reinstated, kept) = (deleted, removed, message)
        for (log, subject) in [(deleted, Subject(.post, post)), (removed, Subject(.post, post))] {
            var log = log
            close(&log)
            #expect(purge(log) == [.chosenTextsGo])
            #expect(purge(log, [subject]) == [])
        }
        close(&message)
        #expect(purge(message) == [.chosenTextsGo])
        #expect(purge(message, [Subject(.message, self.message)]) == [])
        restored.add(PostEvent.restored(post), in: StreamName(post), by: .member(anna))
        moderate(.reinstated(post), in: &reinstated)
        kept.add(
            ConversationEvent.messageRestored(conversation, self.message), in: StreamName(conversation),
            by: .member(anna))
        for log in [restored, reinstated, kept] {
            var log = log
            close(&log)
            #expect(purge(log) == [])
        }
    }

    @Test func `are erased within a day: later is late, and until then nothing is reported`() throws {
        var log = try written()
        close(&log, posts: .erase)
        log.purge(anna, .requested, fencing: false)
        let purged = log.last
        log.erase(.kinds([.identity], of: owner))
        log.wait("PT23H")
        #expect(log.broken == [])
        var inTime = log
        inTime.erase(.kinds([.post], of: owner))
        inTime.wait("P9D")
        #expect(inTime.broken == [])
        log.wait("PT2H")
        log.erase(.kinds([.post], of: owner))
        #expect(log.broken == [.chosenTextsGo])
        #expect(
            log.violation(of: .chosenTextsGo)
                == Violation(
                    position: purged, member: anna, what: "1 texts that were to be erased are kept"))
    }
}
