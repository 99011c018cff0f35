package import Events

/// Wire names of the mail events.
package enum MailEventName: String, WireName {
    case handedOver = "mail.handed-over"
    case givenUp = "mail.given-up"
    case suppressed = "mail.suppressed"
    case released = "mail.released"
    case bounced = "mail.bounced"
    case addressRetried = "mail.address-retried"

    package static let prefix = "mail."
}

extension MailEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .handedOver(let mail): event(.handedOver, mail)
        case .givenUp(let mail, let end): event(.givenUp, GivenUpMail(mail: mail, end: end))
        case .suppressed(let mail, let reason): event(.suppressed, SuppressedMail(mail: mail, reason: reason))
        case .released(let position): event(.released, .through, position)
        case .bounced(let bounce): event(.bounced, bounce)
        case .addressRetried(let address, let member):
            event(.addressRetried) {
                $0.write(.address, address)
                $0.write(.member, member)
            }
        }
    }

    package init(_ name: MailEventName, _ event: RecordedEvent) throws {
        switch name {
        case .handedOver: self = .handedOver(try event.clear())
        case .givenUp:
            let given: GivenUpMail = try event.clear()
            self = .givenUp(given.mail, given.end)
        case .suppressed:
            let suppressed: SuppressedMail = try event.clear()
            self = .suppressed(suppressed.mail, suppressed.reason)
        case .released: self = .released(through: try event.clear(.through))
        case .bounced: self = .bounced(try event.clear())
        case .addressRetried:
            let (address, member) = try event.clear(.address, .member)
            self = .addressRetried(address, member: member)
        }
    }
}

extension SentMail: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        address = try fields("address", \.address)
        let asked = try fields("asked", \.key.asked)
        attempts = try fields("attempts", \.attempts)
        checked = try fields("checked", \.checked)
        let name = try fields("kind", \.key.name)
        key = MailKey(asked: asked, name: name, member: try fields("member", \.key.member))
    }
}

/// The fields of `mail.given-up`.
private struct GivenUpMail {
    let mail: SentMail
    let end: GivingUp
}

extension GivenUpMail: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        mail = try fields.part(\.mail)
        let code = try fields("code", \.end.code)
        end = GivingUp(try fields("reason", \.end.reason), code: code, reply: try fields("reply", \.end.reply))
    }
}

/// The fields of `mail.suppressed`.
private struct SuppressedMail {
    let mail: SentMail
    let reason: Suppression
}

extension SuppressedMail: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        mail = try fields.part(\.mail)
        reason = try fields("reason", \.reason)
    }
}

extension Bounce: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        address = try fields("address", \.address)
        let asked = try fields("asked", \.key.asked)
        let detail = try fields("detail", \.status.detail)
        let grade = try fields("grade", \.status.grade)
        let name = try fields("kind", \.key.name)
        key = MailKey(asked: asked, name: name, member: try fields("member", \.key.member))
        severity = try fields("severity", \.severity)
        status = DeliveryStatus(grade, try fields("subject", \.status.subject), detail)
    }
}

extension ClearField<Int> {
    fileprivate static var through: Self { "through" }
}

extension ClearField<Subject> {
    fileprivate static var address: Self { "address" }
}

extension ClearField<MemberID> {
    fileprivate static var member: Self { "member" }
}
