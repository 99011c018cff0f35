import Events
import HTML
import Messaging
import Projections

extension AccessReading {
    /// Every conversation that the member is or was in, with what was sent and received while she took part.
    func conversations() throws -> [ReportRecord] {
        try views.conversations.all(of: id).map { entry in
            let others = try views.conversations.participants(in: entry.id, excluding: id).map(\.member)
            let names = Dictionary(others.map { ($0.id, shownName($0)) }) { first, _ in first }
            let events = try application.log.events(in: StreamName(entry.id))
            let facts = try application.messaging.conversation(entry.id).facts
            let erasures = try erasures(in: events)
            return [
                .id: .text(entry.id.description), .openedAt: .optional(events.first?.time),
                .participants: .text(others.map { shownName($0) }.swedishList),
                .state: entry.isPresent ? .code("present", "du är med") : .code("left", "du har lämnat det"),
                .isMuted: .bool(entry.isMuted),
                .messages: .list(try readable(events).compactMap { try message($0, names, facts, erasures) }),
                .staffViews: .list(try events.compactMap(opening)),
            ]
        }
    }

    /// The events up to the member's leaving: later messages were not addressed to her.
    private func readable(_ events: [RecordedEvent]) throws -> ArraySlice<RecordedEvent> {
        let left = try events.firstIndex { event in
            guard case .left(_, let member) = try ConversationEvent.decode(event) else { return false }
            return member == id
        }
        return events.prefix(upTo: left ?? events.endIndex)
    }

    /// When events said that a message is erased.
    private func erasures(in events: [RecordedEvent]) throws -> [MessageID: Instant] {
        var erasures: [MessageID: Instant] = [:]
        for event in events {
            switch try ConversationEvent.decode(event) {
            case .messageDeletionCompleted(_, let message, _), .messageErased(_, let message, _, _):
                erasures[message] = event.time
            case .begun, .sent, .read, .left, .muted, .unmuted, .reported, .opened, .messageDeleted, .messageRestored,
                .erased, .blocked, .unblocked, nil:
                break
            }
        }
        return erasures
    }

    private func message(
        _ event: RecordedEvent, _ names: [MemberID: String], _ facts: ConversationFacts?,
        _ erasures: [MessageID: Instant]
    ) throws -> ReportRecord? {
        guard case .sent(let message, in: _, let author, let text) = try ConversationEvent.decode(event) else {
            return nil
        }
        let isDeleted = facts?.deleted[message] != nil
        // A legal hold may preserve the key of an erased message, and what another member has deleted is hers.
        let isHidden = facts?.erased.contains(message) == true || isDeleted && author != id
        return [
            .id: .text(message.description), .time: .time(event.time),
            .sender: author == id
                ? .code("member", "dig") : .text(names[author] ?? "Tidigare medlem"),
            .state: isDeleted ? .code("deleted", "borttaget av den som skrev det") : .missing,
            .text: .optional(isHidden ? nil : text.value?.text),
            .erasedAt: author == id
                ? try erasedAt(text.value == nil ? event.subject : nil, saidAt: erasures[message]) : .missing,
        ]
    }

    /// States that the administration has read a message; never who.
    private func opening(_ event: RecordedEvent) throws -> ReportRecord? {
        guard case .opened(_, let message, let reason) = try ConversationEvent.decode(event) else { return nil }
        return [
            .message: .text(message.description), .time: .time(event.time),
            .reason: .code(reason.rawValue, reason.label),
        ]
    }

    func messageReports() throws -> [ReportRecord] {
        try views.conversations.all(of: id).flatMap { entry in
            try application.messaging.reports(in: entry.id).filter { $0.report.reporter == id }.map { report, time in
                [
                    .message: .text(report.message.description), .conversation: .text(entry.id.description),
                    .time: .time(time), .reason: .code(report.reason.rawValue, report.reason.words),
                    .note: .optional(report.note?.text.value),
                ]
            }
        }
    }

    func blockedMembers() throws -> [ReportRecord] {
        try views.conversations.blocked(by: id).map { [.participants: .text(shownName($0))] }
    }

    func notifications() throws -> [ReportRecord] {
        try views.notifications.all(of: id, having: application.readMarkers(of: id)).map { notification in
            [
                .time: .time(notification.time), .kind: .code(notification.kind.rawValue, notification.sentence),
                .isRead: .bool(notification.isRead),
            ]
        }
    }

    func watches() throws -> [ReportRecord] {
        try views.notifications.watched(by: id).map { watch in
            switch watch.thing {
            case .thread(let thread):
                [.kind: .code("thread", "tråd"), .id: .text(thread.description), .openedAt: .time(watch.since)]
            case .category(let category):
                [.kind: .code("category", "kategori"), .id: .text(category.description), .openedAt: .time(watch.since)]
            }
        }
    }
}
