import Events
import Testing
import Testkit

@testable import Messaging

private let (anna, bo, cia, dan) = (
    MemberID(rawValue: 1), MemberID(rawValue: 2), MemberID(rawValue: 3), MemberID(rawValue: 4)
)
private let talk = ConversationID(rawValue: 7)
private let message = MessageID(rawValue: 9)
private let next = MessageID(rawValue: 10)
private let hello = try! MessageText("Hej")

@Suite(.clause("P-06.2")) struct `A private conversation` {
    private let pair: [ConversationEvent] = [
        .begun(talk, by: anna, with: [bo]), .sent(message, in: talk, author: anna, text: .known(hello)),
    ]
    private let three: [ConversationEvent] = [
        .begun(talk, by: anna, with: [bo, cia]), .sent(message, in: talk, author: anna, text: .known(hello)),
    ]
    private let all: Set = [anna, bo, cia, dan]

    private func lists(_ blocks: [MemberID: Set<MemberID>] = [:]) -> BlockLists {
        BlockLists(
            lists: blocks.reduce(into: [:]) { lists, block in
                lists[block.key] = .given(block.value.map { .blocked($0, by: block.key) })
            })
    }

    private func begin(_ others: [MemberID], reachable: Set<MemberID>? = nil, _ blocks: BlockLists? = nil) throws
        -> [ConversationEvent]
    {
        try BeginConversation(
            conversation: talk, message: message, text: hello, author: anna, others: others,
            reachable: reachable ?? all
        ).decide(given: blocks ?? lists())
    }

    private func send(
        from author: MemberID, _ given: [ConversationEvent], reachable: Set<MemberID>? = nil,
        _ blocks: BlockLists? = nil
    ) throws -> [ConversationEvent] {
        try SendMessage(message: next, text: hello, author: author, reachable: reachable ?? all).decide(
            given: .given(given), blocks ?? lists())
    }

    @Test func `begins with a message, and a member named twice is in it once`() throws {
        #expect(
            try begin([bo, cia, bo]) == [
                .begun(talk, by: anna, with: [bo, cia]), .sent(message, in: talk, author: anna, text: .known(hello)),
            ])
    }

    @Test func `needs somebody else, and not too many`() {
        #expect(throws: ConversationRefusal.nobodyNamed) { try begin([]) }
        #expect(throws: ConversationRefusal.yourself) { try begin([bo, anna]) }
        let crowd = (10..<40).map { MemberID(rawValue: $0) }
        #expect(throws: ConversationRefusal.tooManyMembers) { try begin(crowd, reachable: Set(crowd)) }
    }

    @Test func `begins with nobody who is closed or suspended, nor with one who takes no messages`() {
        #expect(throws: ConversationRefusal.unreachable(cia)) { try begin([bo, cia], reachable: [bo]) }
        #expect(throws: ConversationRefusal.notTaken(cia)) { try begin([bo, cia], lists([cia: [anna]])) }
        #expect(throws: ConversationRefusal.blockedByYou(bo)) { try begin([bo], lists([anna: [bo]])) }
    }

    @Test func `takes messages from those who are in it`() throws {
        #expect(try send(from: bo, pair) == [.sent(next, in: talk, author: bo, text: .known(hello))])
        #expect(throws: ConversationRefusal.noSuchConversation) { try send(from: dan, pair) }
        #expect(throws: ConversationRefusal.noSuchConversation) { try send(from: anna, []) }
    }

    @Test func `between two ends when one takes no messages from the other, in both directions`() {
        let blocks = lists([bo: [anna]])
        #expect(throws: ConversationRefusal.notTaken(bo)) { try send(from: anna, pair, blocks) }
        #expect(throws: ConversationRefusal.blockedByYou(anna)) { try send(from: bo, pair, blocks) }
    }

    @Test func `among several continues when one of them takes no messages from another`() throws {
        #expect(try send(from: anna, three, lists([bo: [anna]])).count == 1)
        #expect(throws: ConversationRefusal.notTaken(bo)) {
            try send(from: anna, three, lists([bo: [anna], cia: [anna]]))
        }
    }

    @Test func `cannot be written in when everybody else has left or is a member no more`() {
        #expect(throws: ConversationRefusal.nobodyLeft) { try send(from: anna, pair + [.left(talk, bo)]) }
        #expect(throws: ConversationRefusal.nobodyLeft) { try send(from: anna, pair, reachable: [anna]) }
    }

    @Test func `holds so many messages and no more`() {
        let full = (0..<UInt64(Conversation.mostMessages)).map {
            ConversationEvent.sent(MessageID(rawValue: $0), in: talk, author: anna, text: .known(hello))
        }
        #expect(throws: ConversationRefusal.full) { try send(from: bo, [pair[0]] + full) }
    }

    @Test func `does not exist for a member who has left`() throws {
        let left = pair + [.left(talk, bo)]
        #expect(throws: ConversationRefusal.noSuchConversation) { try send(from: bo, left) }
        #expect(throws: ConversationRefusal.noSuchConversation) {
            try LeaveConversation(member: bo).decide(given: .given(left))
        }
    }

    @Test(.clause("P-06.4")) func `is as it was for a message that earlier programs recorded as read`() {
        #expect(Conversation.given(pair + [.read(talk, by: bo, through: 1)]) == .given(pair))
    }

    @Test func `is muted once`() throws {
        let mute = MuteConversation(member: bo, isMuted: true)
        #expect(try mute.decide(given: .given(pair)) == [.muted(talk, bo)])
        #expect(try mute.decide(given: .given(pair + [.muted(talk, bo)])) == [])
    }

    @Test func `has a message reported once by each who got it, never by its author`() throws {
        func report(_ reporter: MemberID, _ given: [ConversationEvent], _ id: MessageID = message) throws
            -> [ConversationEvent]
        {
            let report = MessageReport(message: id, reporter: reporter, reason: .abuse, note: nil)
            return try ReportMessage(report: report).decide(given: .given(given))
        }
        let reported = try report(bo, three)
        #expect(reported.count == 1)
        #expect(try report(bo, three + reported) == [])
        #expect(try report(cia, three + reported).count == 1)
        #expect(throws: ConversationRefusal.ownMessage) { try report(anna, three) }
        #expect(throws: ConversationRefusal.noSuchMessage) { try report(bo, three, next) }
        #expect(throws: ConversationRefusal.noSuchConversation) { try report(dan, three) }
    }

    @Test func `is opened for the administration one reported message at a time`() throws {
        let report = ConversationEvent.reported(
            talk, MessageReport(message: message, reporter: bo, reason: .spam, note: nil))
        let open = OpenReportedMessage(message: message, reason: .report, administrator: dan)
        #expect(throws: ConversationRefusal.notReported) { try open.decide(given: .given(pair)) }
        #expect(try open.decide(given: .given(pair + [report])) == [.opened(talk, message, .report)])
        #expect(throws: ConversationRefusal.notReported) {
            try OpenReportedMessage(message: next, reason: .report, administrator: dan).decide(
                given: .given(pair + [report]))
        }
    }

    @Test func `nobody blocks oneself, and blocking twice says nothing new`() throws {
        #expect(throws: ConversationRefusal.yourself) {
            try BlockMember(other: anna, isBlocked: true, member: anna).decide(given: .initial)
        }
        let block = BlockMember(other: bo, isBlocked: true, member: anna)
        #expect(try block.decide(given: .initial) == [.blocked(bo, by: anna)])
        #expect(try block.decide(given: .given(.blocked(bo, by: anna))) == [])
    }
}

@Suite struct `The text of a private message` {
    @Test func `is what was typed, without empty lines at the ends and blanks at the ends of lines`() throws {
        #expect(try MessageText("\n \n  Hej  \r\n\r\n- du \n\n").text == "  Hej\n\n- du")
    }

    @Test func `is something, not too long, and nothing that cannot be shown`() throws {
        #expect(throws: MessageText.Problem.empty) { try MessageText(" \n\t\r\n") }
        #expect(throws: MessageText.Problem.empty) { try MessageText("\u{200B}\u{FEFF}\u{AD}\u{2800}") }
        #expect(try MessageText("a\u{202E}b\u{1B}c\u{7}\u{FFFF}").text == "abc")
        #expect(throws: MessageText.Problem.containsNUL) { try MessageText("a\0b") }
        let most = MessageText.mostCharacters
        #expect(throws: MessageText.Problem.tooLong) { try MessageText(String(repeating: "å", count: most + 1)) }
        #expect(throws: Never.self) { try MessageText(String(repeating: "å", count: most) + "\n\n") }
        #expect(throws: MessageText.Problem.tooLong) { try MessageText(String(repeating: "a", count: most * 17)) }
    }

    @Test func `gets into no log line by interpolation`() {
        #expect("\(hello)" == "private message")
    }
}
