package import Events

/// What happened to the site's security (P-08.2): in the stream of the account concerned, or in one for networks.
package enum SecurityEvent: Hashable, Sendable {
    case noticed(SecurityNotice)
}

/// Several incidents of one kind in one day, to one account or from one network.
package struct SecurityNotice: Hashable, Sendable {
    package let kind: SecurityIncident
    /// The account concerned; nil for a network. A typed name that no account has counts for its network only.
    package let member: MemberID?
    /// The number of incidents of that day when it was noticed.
    package let count: Int
    /// Whether it is the first notice of its kind on that day, which administrators get a mail about.
    package let isFirstOfDay: Bool
    /// Where the latest incident came from.
    package let origin: Sealed<SignInOrigin>

    package init(
        kind: SecurityIncident, member: MemberID?, count: Int, isFirstOfDay: Bool, origin: Sealed<SignInOrigin>
    ) {
        self.kind = kind
        self.member = member
        self.count = count
        self.isFirstOfDay = isFirstOfDay
        self.origin = origin
    }
}

/// The kinds of incidents that are counted.
package enum SecurityIncident: String, ClosedCode, CaseIterable {
    /// A wrong password or code at sign-in.
    case failedSignIn = "failed-sign-in"
    /// A signed-in member asked for a page of a role that she does not have.
    case refusedRole = "refused-role"
    /// A form came without the token of the page that it claims to come from.
    case forgedToken = "forged-token"
    /// A request was refused because there were too many.
    case throttled
}

package enum SecurityEventName: String, AccountStreamEventName {
    case noticed = "accounts.security-noticed"
}

extension SecurityEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .noticed(let notice):
            event(.noticed, sealing: notice.origin.part) {
                $0.write(.count, notice.count)
                $0.write(.first, notice.isFirstOfDay)
                $0.write(.incident, notice.kind)
                $0.write(.member, notice.member)
            }
        }
    }

    package init(_ name: SecurityEventName, _ event: RecordedEvent) throws {
        switch name {
        case .noticed:
            let origin: Sealed<SignInOrigin> = try event.sealed()
            self = try event.clear { (fields) throws(MalformedEvent) in
                let (count, isFirst) = (try fields.read(.count), try fields.read(.first))
                let (kind, member) = (try fields.read(.incident), try fields.read(.member))
                return .noticed(
                    SecurityNotice(kind: kind, member: member, count: count, isFirstOfDay: isFirst, origin: origin))
            }
        }
    }
}

extension ClearField<Int> {
    fileprivate static var count: Self { "count" }
}

extension ClearField<Bool> {
    fileprivate static var first: Self { "first" }
}

extension ClearField<SecurityIncident> {
    fileprivate static var incident: Self { "incident" }
}

extension ClearField<MemberID?> {
    fileprivate static var member: Self { "member" }
}
