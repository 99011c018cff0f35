import Accounts
import Events
import Projections

extension AccessReading {
    /// Every sign-in; its origin is erased when its retention time is over.
    func signIns() throws -> [ReportRecord] {
        try views.auditTrail.things(of: SignInKind.self, with: "accounts.signed-in.v", by: id).map { signIn in
            var begun: (origin: Sealed<SignInOrigin>, at: Instant)?
            var ended: (cause: SignOutCause, at: Instant)?
            for recorded in try application.log.events(in: StreamName(signIn)) {
                let known = try SignInEvent.decode(recorded)
                if case .signedIn(id, let origin) = known { begun = (origin, recorded.time) }
                if case .signedOut(let cause) = known { ended = (cause, recorded.time) }
            }
            let origin = begun?.origin.value.value
            return [
                .time: .optional(begun?.at), .address: .optional(origin?.address), .device: .optional(origin?.device),
                .signedOutAt: .optional(ended?.at),
                .signOutCause: ended.map { .code($0.cause.rawValue, $0.cause.words) } ?? .missing,
                .erasedAt: try erasedAt(origin == nil ? begun?.origin.subject : nil),
                .eraseBy: origin == nil ? .missing : begun.map { deadline(from: $0.at, \.signInDetails) } ?? .missing,
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
