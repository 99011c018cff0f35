/// The id of one thing: 64 bits, written as 13 characters of Crockford's base 32.
///
/// The type parameter prevents a member's id from being used as a post's.
package struct Identifier<Kind: IdentifierKind>: Hashable, Sendable, Comparable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static func random() -> Self { Self(rawValue: .random(in: 0...UInt64.max)) }

    /// The id of the one thing that `command` creates, so that a repeated command names the same thing.
    package init(createdBy command: CommandID) {
        self.init(rawValue: Kind.tellsTime ? command.orderedHash(for: Kind.name) : command.hash(for: Kind.name))
    }

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// What an identifier names.
package protocol IdentifierKind: Sendable {
    /// The word before the id in stream names, subjects and actors: `member` in `member:0z9…`.
    static var name: String { get }

    /// Whether an id begins with the time of its command, so that ids of the same time are adjacent in every index.
    ///
    /// That leaves only 28 bits of the hash: for numerous things whose stream refuses an id that is taken.
    static var tellsTime: Bool { get }
}

extension IdentifierKind {
    package static var tellsTime: Bool { false }
}

extension Identifier: LosslessStringConvertible {
    package init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ IdentifierDigits.read(UnsafeRawBufferPointer($0)) }) else { return nil }
        self.init(rawValue: value)
    }

    package var description: String { IdentifierDigits.text(rawValue) }
}

/// How 64 bits are written: 13 characters of Crockford's base 32.
enum IdentifierDigits {
    static func text(_ value: UInt64) -> String { Base32.encode(value, digits: 13) }

    static func read(_ utf8: UnsafeRawBufferPointer) -> UInt64? { utf8.count == 13 ? Base32.decode(utf8) : nil }
}

/// Never with a time: the id is in the address of a page, and when a member joined is hers to disclose.
package enum MemberKind: IdentifierKind { package static let name = "member" }
package enum CategoryKind: IdentifierKind { package static let name = "category" }
package enum ThreadKind: IdentifierKind {
    package static let name = "thread"
    package static let tellsTime = true
}
package enum PostKind: IdentifierKind {
    package static let name = "post"
    package static let tellsTime = true
}
package enum ConversationKind: IdentifierKind { package static let name = "conversation" }
package enum MessageKind: IdentifierKind { package static let name = "message" }
package enum CaseKind: IdentifierKind { package static let name = "case" }
package enum CorrectionKind: IdentifierKind { package static let name = "correction" }
package enum IssueKind: IdentifierKind { package static let name = "issue" }
/// A member as the author of statements in cases, which are retained independently of her account.
package enum PartyKind: IdentifierKind { package static let name = "party" }
package enum FenceKind: IdentifierKind { package static let name = "fence" }
package enum BackupKind: IdentifierKind { package static let name = "backup" }
package enum ContinuationKind: IdentifierKind { package static let name = "continuation" }

package typealias MemberID = Identifier<MemberKind>
package typealias CategoryID = Identifier<CategoryKind>
package typealias ThreadID = Identifier<ThreadKind>
package typealias PostID = Identifier<PostKind>
package typealias ConversationID = Identifier<ConversationKind>
package typealias MessageID = Identifier<MessageKind>
package typealias CaseID = Identifier<CaseKind>
package typealias CorrectionID = Identifier<CorrectionKind>
package typealias IssueID = Identifier<IssueKind>
package typealias FenceID = Identifier<FenceKind>
package typealias BackupID = Identifier<BackupKind>
package typealias ContinuationID = Identifier<ContinuationKind>
