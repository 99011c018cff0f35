import Accounts
package import Events

/// Where the report answers for a field.
package enum ReportedField {
    /// In `fields` itself; the closure returns an explanation for values that need one.
    case here((String) -> String?)
    /// In another section.
    case listed(ReportKey)
    /// Only whether a value exists: the value itself would help only an attacker.
    case withheld
    /// It says nothing about members.
    case ofNobody
}

extension PersonalField {
    /// Exhaustive: a new field must state here where a member finds it.
    package var reported: ReportedField {
        switch self {
        case .name, .username, .emailAddress, .personalIdentityNumber, .resetReason: .here { _ in nil }
        case .municipality: .here { Municipality(code: $0)?.name }
        case .sex: .here { Sex(rawValue: $0)?.words }
        case .identityProtection: .here { IdentityProtection(rawValue: $0)?.words }
        case .passwordHash, .twoFactorSecret, .recoveryCodes, .staffNameDigest: .withheld
        case .signInAddress, .signInDevice: .listed(.signIns)
        case .postBody: .listed(.posts)
        case .threadTitle: .listed(.threads)
        case .messageText: .listed(.conversations)
        case .messageReport: .listed(.messageReports)
        case .readMarker: .listed(.reading)
        case .bookmark, .bookmarkNote: .listed(.bookmarks)
        case .draftText: .listed(.drafts)
        case .statementRule, .statementFacts, .appealText: .listed(.decisions)
        case .comparison, .correctedValue, .correctionGrounds, .decisionReason: .listed(.corrections)
        case .holdReference: .listed(.holds)
        case .caseContact, .caseContactName, .caseMailID, .caseMailKey, .caseNote, .caseReasons, .caseReply,
            .caseReplyTo, .caseRule, .caseSubject, .caseTarget,
            .caseText, .identityVerdict:
            .listed(.cases)
        case .viewingNote: .listed(.staffViews)
        case .categoryName, .categorySlug, .categoryDescription, .newsletterSubject, .newsletterBody: .ofNobody
        }
    }
}

extension AccessReading {
    private struct Value {
        let text: String
        let event: RecordedEvent
    }

    /// Every personal data field, with why it is held and each value that can still be decrypted.
    func fields() throws -> [ReportRecord] {
        let values = try openedValues()
        return PersonalField.allCases.map { field in
            let own = values[field] ?? []
            return [
                .field: .code(field.rawValue, field.words),
                .purpose: .code(field.purpose.rawValue, field.purpose.words),
                .legalBasis: .code(field.legalBasis.rawValue, field.legalBasis.words),
                .retention: .code(field.retention.rawValue, field.retention.words), .answer: field.answer,
                .values: .list(records(of: field, own)),
            ]
        }
    }

    private func records(of field: PersonalField, _ values: [Value]) -> [ReportRecord] {
        let isWithheld: Bool
        let meaning: (String) -> String?
        switch field.reported {
        case .here(let words): (isWithheld, meaning) = (false, words)
        case .withheld: (isWithheld, meaning) = (true, { _ in nil })
        case .listed, .ofNobody: return []
        }
        return values.enumerated().map { index, value in
            [
                .value: isWithheld ? .missing : .text(value.text),
                .meaning: .optional(meaning(value.text)),
                .status: status(of: field, value, isLast: index == values.count - 1),
                .source: event(value.event), .time: .time(value.event.time), .actor: actor(value.event.actor),
            ]
        }
    }

    /// All sealed values that can still be decrypted, in the member's own stream and in the staff name events about her.
    private func openedValues() throws -> [PersonalField: [Value]] {
        var values: [PersonalField: [Value]] = [:]
        for event in try events.map(\.recorded) + application.accounts.staffNameEvents(of: id)
        where event.subject != nil {
            for (field, text) in try event.personal(SealedTexts.self).value?.texts ?? [:] {
                values[field, default: []].append(Value(text: text, event: event))
            }
        }
        return values
    }

    private func status(of field: PersonalField, _ value: Value, isLast: Bool) -> ReportValue {
        let earlier = ReportValue.code("earlier", "tidigare")
        let current = ReportValue.code("current", "nu")
        guard field == .emailAddress else { return isLast ? current : earlier }
        switch value.event.subject {
        case account.email?.subject: return current
        case account.emailChange?.unconfirmed?.subject: return .code("pending", "när du har bekräftat den")
        case account.previousEmail?.email.subject: return .code("previous", "inte längre, men bytet går att ångra")
        default: return earlier
        }
    }

    /// What the member's own stream held and can no longer be decrypted.
    func erased() throws -> [ReportRecord] {
        try events.map(\.recorded).filter { $0.content == .erased }.map { recorded in
            [
                .event: event(recorded), .kind: .optional(recorded.subject?.kind.rawValue),
                .time: .time(recorded.time), .erasedAt: try erasedAt(recorded.subject),
            ]
        }
    }
}

extension PersonalField {
    fileprivate var answer: ReportValue {
        switch reported {
        case .here: .code("here", "här")
        case .listed(let section): .code(section.rawValue, "under ”\(section.label)”")
        case .withheld:
            .code(
                "withheld",
                self == .twoFactorSecret
                    ? "lämnas inte ut: den som har hemligheten kan räkna ut koderna"
                    : "lämnas inte ut: finns bara som kontrollsummor, som ingen ska kunna pröva sig mot")
        case .ofNobody: .code("not-about-members", "handlar inte om någon medlem")
        }
    }
}
