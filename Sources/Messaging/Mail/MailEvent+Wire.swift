package import Events

/// The events of mail by their names on the wire.
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
    package typealias Name = MailEventName

    package func encoded() -> NewEvent {
        switch self {
        case .handedOver(let mail): event(.handedOver) { $0.write(mail) }
        case .givenUp(let mail, let end): event(.givenUp) { $0.write(mail, end) }
        case .suppressed(let mail, let reason): event(.suppressed) { $0.write(mail, because: reason) }
        case .released(let position): event(.released) { $0.integer("through", position) }
        case .bounced(let bounce): event(.bounced) { $0.write(bounce) }
        case .addressRetried(let address, let member):
            event(.addressRetried) { json in
                json.subject("address", address)
                json.id("member", member)
            }
        }
    }

    /// - Throws: `UnreadableEvent`, `MalformedEvent`.
    package static func decode(_ event: RecordedEvent) throws -> MailEvent? {
        guard let name = try MailEventName(event) else { return nil }
        return try event.clear { (json) throws(MalformedEvent) in
            switch name {
            case .handedOver: return .handedOver(try json.sentMail().mail)
            case .givenUp:
                let read = try json.sentMail()
                let reason: GivingUp.Reason = try json.code("reason")
                return .givenUp(
                    read.mail, GivingUp(reason, code: read.code, reply: try json.optionalInteger("reply")))
            case .suppressed:
                let mail = try json.sentMail().mail
                return .suppressed(mail, try json.code("reason"))
            case .released: return .released(through: try json.integer("through"))
            case .bounced: return .bounced(try json.bounce())
            case .addressRetried:
                let address = try json.subject("address")
                return .addressRetried(address, member: try json.id("member"))
            }
        }
    }
}

extension ClearWriter {
    fileprivate mutating func write(
        _ mail: SentMail, _ end: GivingUp? = nil, because suppression: Suppression? = nil
    ) {
        subject("address", mail.address)
        integer("asked", mail.key.asked)
        integer("attempts", mail.attempts)
        integer("checked", mail.checked)
        integer("code", end?.code)
        code("kind", mail.key.name)
        id("member", mail.key.member)
        code("reason", end?.reason)
        code("reason", suppression)
        integer("reply", end?.reply)
    }

    fileprivate mutating func write(_ bounce: Bounce) {
        subject("address", bounce.address)
        integer("asked", bounce.key.asked)
        integer("detail", bounce.status.detail)
        integer("grade", bounce.status.grade)
        code("kind", bounce.key.name)
        id("member", bounce.key.member)
        code("severity", bounce.severity)
        integer("subject", bounce.status.subject)
    }
}

extension ClearReader {
    fileprivate mutating func sentMail() throws(MalformedEvent) -> (mail: SentMail, code: Int?) {
        let address = try optionalSubject("address")
        let asked = try integer("asked")
        let attempts = try integer("attempts")
        let checked = try integer("checked")
        let code = try optionalInteger("code")
        let name: MailName = try self.code("kind")
        let key = MailKey(asked: asked, name: name, member: try id("member"))
        return (SentMail(key, address: address, checked: checked, attempts: attempts), code)
    }

    fileprivate mutating func bounce() throws(MalformedEvent) -> Bounce {
        let address = try subject("address")
        let asked = try integer("asked")
        let detail = try integer("detail")
        let grade = try integer("grade")
        let name: MailName = try code("kind")
        let key = MailKey(asked: asked, name: name, member: try id("member"))
        let severity: Bounce.Severity = try code("severity")
        let status = DeliveryStatus(grade, try integer("subject"), detail)
        return Bounce(key, address: address, severity: severity, status: status)
    }
}
