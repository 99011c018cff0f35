import Accounts
import Events
import Projections

extension AccessReading {
    /// Every sign-in; its origin is gone when its retention time is over, which is the date given for it.
    func signIns() throws -> [ReportRecord] {
        try views.auditTrail.things(of: SignInKind.self, with: "accounts.signed-in.v", by: id).map { signIn in
            let record = try application.accounts.signInRecord(signIn)
            let origin = record?.origin.value
            return [
                .time: .optional(record?.began), .address: .optional(origin?.address),
                .device: .optional(origin?.device), .signedOutAt: .optional(record?.end?.at),
                .signOutCause: record?.end.map { .code($0.cause.rawValue, $0.cause.words) } ?? .missing,
                .erasedAt: try record?.detailsEnd.map(ReportValue.time)
                    ?? erasedAt(origin == nil ? record?.subject : nil),
                .eraseBy: origin == nil
                    ? .missing : record.map { deadline(from: $0.began, \.signInDetails) } ?? .missing,
            ]
        }
    }

    /// Attempts against the account that were noticed.
    func securityNotices() throws -> [ReportRecord] {
        try application.accounts.securityNotices(about: id).map { notice in
            [
                .time: .time(notice.at), .kind: .code(notice.kind.rawValue, notice.kind.toOwner),
                .count: .number(notice.count), .address: .optional(notice.origin?.address),
                .device: .optional(notice.origin?.device),
                .eraseBy: notice.origin == nil ? .missing : deadline(from: notice.at, \.signInDetails),
            ]
        }
    }

    func sessions() throws -> [ReportRecord] {
        try files.sessions(id, now).map { session in
            [
                .begunAt: .time(session.created), .lastUsedAt: .time(session.seen), .device: .text(session.device),
                .visit: .text(session.visit.description),
            ]
        }
    }

    /// Browsers in which the member has signed in before, and can sign in again whatever strangers do.
    func devices() throws -> [ReportRecord] {
        try files.devices(id).map { device in
            [
                .begunAt: .time(device.created), .lastUsedAt: .time(device.seen), .device: .text(device.name),
                .eraseBy: .optional(policies.shortest(from: device.seen, judgedAt: now, \.knownDevice)),
            ]
        }
    }

    func visits() throws -> [ReportRecord] {
        try files.visits(id).map { visit in
            func value(_ field: VisitField) -> ReportValue { .optional(visit.value(of: field)) }
            return [
                .time: .time(visit.time), .visit: value(.visit), .page: value(.page), .status: value(.status),
                .referrer: value(.referrer), .device: value(.device), .address: value(.ipAddress),
                .place: value(.place), .advertisement: value(.advertisement),
                .eraseBy: deadline(from: visit.time, \.visitLog),
            ]
        }
    }
}
