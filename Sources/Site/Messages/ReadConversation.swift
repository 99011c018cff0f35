import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entry = try entry(context)
        let typed = try request.query().typed("sida")
        let number = typed.isEmpty ? nil : try request.pageNumber()
        let page = try page(entry, number, context)
        guard page.paging.exists else { throw PageError.notFound }
        guard request.method != .head, entry.unread > 0, page.paging.page == page.paging.pageCount else {
            return context.page(page)
        }
        return markRead(entry, context).page(page)
    }

    func send(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let entry = try entry(context)
        var form = try context.form()
        let place = DraftPlace.message(entry.id)
        if let kept = try context.keep(
            &form, at: place, in: application, then: .conversation(entry.id), noting: .messageText)
        {
            return try kept.response ?? context.refused(page(entry, nil, context, form))
        }
        guard let text = form.messageText() else { return context.refused(try page(entry, nil, context, form)) }
        let command = try context.command()
        guard try context.spend(.message, for: command, in: application, noting: &form, at: .messageText) else {
            return context.refused(try page(entry, nil, context, form), form)
        }
        let message = MessageID(createdBy: command)
        return try await application.execute(
            context, then: { .conversation(entry.id, message: message) }, fallback: .conversation(entry.id),
            sending: place,
            refused: { _, reason in
                form.note(reason, at: .messageText)
                return context.refused(try page(entry, nil, context, form))
            }
        ) {
            try await application.messaging.send(
                text, in: entry.id, by: member.id, reachable: application.reachable, command: command
            ).appended
        }
    }

    /// Notes that the newest messages were shown.
    /// - Returns: the context with the updated unread counts.
    private func markRead(_ entry: ConversationList.Entry, _ context: SiteContext) -> SiteContext {
        guard let member = context.member else { return context }
        application.markRead(entry.id, through: entry.newest, by: member.id)
        guard let counted = try? context.visit.site.signedInMember(member.id) else { return context }
        var visit = context.visit
        visit.reader = .member(counted)
        return SiteContext(source: visit)
    }

    /// - Parameter number: nil for the last page.
    func page(
        _ entry: ConversationList.Entry, _ number: Int?, _ context: SiteContext, _ typed: Form? = nil
    ) throws -> ConversationPage {
        let draft = typed == nil ? context.draft(at: .message(entry.id)) : nil
        let reader = try context.requireMember().id
        let pages = max(1, (entry.messages + ConversationPage.size - 1) / ConversationPage.size)
        let paging = Paging(page: number ?? pages, count: entry.messages, size: ConversationPage.size)
        let first = (paging.page - 1) * ConversationPage.size + 1
        let views = try application.views.read { snapshot in
            (
                version: try snapshot.conversations.version(before: first, in: entry.id),
                openings: try snapshot.reportedMessages.openings(in: entry.id),
                reported: try snapshot.reportedMessages.reported(in: entry.id, by: reader),
                blocked: Set(
                    try entry.others.map(\.member.id).filter {
                        try snapshot.conversations.isBlocked($0, by: reader)
                    })
            )
        }
        let messages = try application.messaging.messages(in: entry.id, after: views.version)
            .prefix(ConversationPage.size)
        var undoable: [MessageID: Instant] = [:]
        for message in messages where message.author == reader {
            guard let time = message.deletedAt else { continue }
            undoable[message.id] = try application.deletionUndoable(from: time, at: context.now)
        }
        return ConversationPage(
            entry: entry, messages: Array(messages), undoableUntil: undoable, paging: paging, reader: reader,
            openings: views.openings, reported: views.reported, blocked: views.blocked,
            form: typed ?? Form(draft?.text), draft: draft)
    }
}
