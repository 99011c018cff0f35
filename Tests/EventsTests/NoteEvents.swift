import Events
import Testkit

/// Events without a domain, for tests of the log itself.
enum Note {
    static func clear(_ number: Int) -> NewEvent {
        NewEvent(EventType("test.counted", 1), clear: ClearPart { $0.write("number", number) })
    }

    static func sealed(_ text: String, about post: PostID, of member: MemberID) -> NewEvent {
        NewEvent(
            EventType("test.written", 1),
            sealed: SealedPart(Subject(.post, post), of: Owner(member), Personal.known(NoteText(recorded: text))))
    }

    static func append(
        _ stream: StreamName, expected: ExpectedVersion = .any, _ events: [NewEvent], command: CommandID? = nil,
        actor: Actor = .system, time: Instant = .testStart, claims: [ClaimChange] = []
    ) -> Append {
        Append(
            command: command ?? CommandID(at: time), actor: actor, time: time,
            streams: [StreamAppend(stream, expected: expected, encoded: events)], claims: claims)
    }
}

struct NoteText: SealedText {
    static let field = PersonalField.postBody
    let recorded: String
}

extension RecordedEvent {
    var text: Personal<String> {
        get throws { try personal(NoteText.self).map(\.recorded) }
    }
}

func stream(_ number: UInt64) -> StreamName { StreamName(PostID(rawValue: number)) }
