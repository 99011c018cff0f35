import Accounts
package import Events
import Forum
import Messaging

/// The purpose that a type of event is processed for, and the policy clauses that it is evidence for (P-08.1); the policy in force gives
/// the legal basis.
///
/// The sealed parts are tagged by their fields. The clear parts are kept for the lifetime of the log, as history that cannot be changed.
package struct EventTag: Sendable {
    /// The wire name, without the version.
    package let name: String
    /// The newest version of its schema; all from 1 to it are read.
    package let schema: Int
    package let purpose: Purpose
    package let clauses: [PolicyClause]

    package static let all: [EventTag] =
        tags(of: PolicyEventName.self)
        + tags(of: RegistrationEventName.self)
        + tags(of: EmailEventName.self)
        + tags(of: ProfileEventName.self)
        + tags(of: PasswordEventName.self)
        + tags(of: ConsentEventName.self)
        + tags(of: TwoFactorEventName.self)
        + tags(of: ClosingEventName.self)
        + tags(of: SignInEventName.self)
        + tags(of: SecurityEventName.self)
        + tags(of: StaffEventName.self)
        + tags(of: StaffNameEventName.self)
        + tags(of: CorrectionEventName.self)
        + tags(of: OversightEventName.self)
        + tags(of: CategoryEventName.self)
        + tags(of: ThreadEventName.self)
        + tags(of: PostEventName.self)
        + tags(of: ConversationEventName.self)
        + tags(of: NotificationEventName.self)
        + tags(of: CaseEventName.self)
        + tags(of: MailEventName.self)
        + tags(of: NewsletterEventName.self)
        + tags(of: ErasureEventName.self)
        + tags(of: OperationEventName.self)
        + tags(of: ConformanceEventName.self)

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Nil for a type that this program does not know.
    package static func of(_ type: EventType) -> EventTag? { byName[type.name] }

    private static func tags<Name: TaggedName>(of names: Name.Type) -> [EventTag] {
        names.allCases.map {
            EventTag(name: $0.rawValue, schema: $0.schema, purpose: $0.tag.purpose, clauses: $0.tag.clauses)
        }
    }
}

/// The event names of one kind of stream with their tags, in an exhaustive switch: a new event without a tag does not compile.
protocol TaggedName: WireName {
    var tag: Tag { get }
}

struct Tag {
    let purpose: Purpose
    let clauses: [PolicyClause]

    init(_ purpose: Purpose, _ clauses: PolicyClause...) {
        self.purpose = purpose
        self.clauses = clauses
    }
}
