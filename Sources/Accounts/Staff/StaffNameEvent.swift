import Crypto
package import Events

package enum StaffNameKind: IdentifierKind { package static let name = "staff-name" }

/// Names the memory of a name that a member of the staff has given up.
package typealias StaffNameID = Identifier<StaffNameKind>

/// The events of staff names, in one stream for all, so that taking a name can require that none was added.
package enum StaffNameEvent: Hashable, Sendable {
    case givenUp(FormerStaffName)
}

/// A name given up by staff, remembered separately from the member: it stays taken when she is erased.
package struct FormerStaffName: Hashable, Sendable {
    /// The member who may take it again.
    package let member: MemberID
    package let since: Instant
    let digest: Sealed<SkeletonDigest>

    init(_ name: Username, of member: MemberID, since: Instant, createdBy command: CommandID) {
        self.init(member, since, digest: SkeletonDigest(of: name.skeleton), StaffNameID(createdBy: command))
    }

    private init(_ member: MemberID, _ since: Instant, digest: SkeletonDigest, _ id: StaffNameID) {
        self.member = member
        self.since = since
        self.digest = Sealed(.known(digest), under: Subject(.staffName, id), of: Owner(id))
    }

    fileprivate init(member: MemberID, since: Instant, _ digest: Sealed<SkeletonDigest>) {
        self.member = member
        self.since = since
        self.digest = digest
    }

    /// Whether the digest can still be compared.
    package var isRemembered: Bool { digest.value != .erased }

    package var subject: Subject { digest.subject }
}

/// A salted hash of a name's skeleton, to compare names with one that is no longer known.
struct SkeletonDigest: Hashable, Sendable, Redacted {
    private let salt: [UInt8]
    private let hash: [UInt8]

    init(of skeleton: Skeleton, salt: [UInt8] = (0..<16).map { _ in UInt8.random(in: 0...255) }) {
        self.salt = salt
        hash = Array(
            HMAC<SHA256>.authenticationCode(for: Array(skeleton.text.utf8), using: SymmetricKey(data: salt)))
    }

    func fits(_ skeleton: Skeleton) -> Bool { SkeletonDigest(of: skeleton, salt: salt) == self }

    init?(recorded text: String) {
        guard let bytes = Hex.decode(text), bytes.count == 48 else { return nil }
        salt = Array(bytes.prefix(16))
        hash = Array(bytes.dropFirst(16))
    }

    var recorded: String { Hex.encode(salt + hash) }
}

extension SkeletonDigest: SealedText {
    static let field = PersonalField.staffNameDigest
}

/// The names of staff-name events on the wire.
package enum StaffNameEventName: String, WireName {
    case givenUp = "staff-names.given-up"

    package static let prefix = "staff-names."
}

extension StaffNameEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .givenUp(let name):
            event(.givenUp, sealing: name.digest.part) {
                $0.write(.member, name.member)
                $0.write(.since, name.since)
            }
        }
    }

    package init(_ name: StaffNameEventName, _ event: RecordedEvent) throws {
        switch name {
        case .givenUp:
            let (member, since) = try event.clear(.member, .since)
            self = .givenUp(FormerStaffName(member: member, since: since, try event.sealed()))
        }
    }
}

extension ClearField<MemberID> {
    fileprivate static var member: Self { "member" }
}

extension ClearField<Instant> {
    fileprivate static var since: Self { "since" }
}
