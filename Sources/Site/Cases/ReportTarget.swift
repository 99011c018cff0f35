import Events
import Forum
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// The reported entity and its present state.
struct ReportTarget: Sendable {
    enum Thing: Sendable {
        case post(PostID, isVisible: Bool)
        case thread(ThreadID)
        case member(MemberID, username: String?)
        case message(MessageID)
    }

    let thing: Thing

    func write(into html: inout HTMLWriter) {
        html.p { html in
            html.text("Anmält: ")
            switch thing {
            case .post(let id, let isVisible):
                html.link("inlägget", to: .post(id))
                html.text(isVisible ? ". Det syns." : ". Det är inte synligt längre.")
            case .thread(let id):
                html.link("tråden", to: .thread(id))
                html.text(". Rubriken och det första inlägget är skrivna av samma medlem.")
            case .member(let id, let username):
                if let username { html.link(username, to: .member(id)) } else { html.text("en tidigare medlem") }
                html.text(".")
            case .message(let id):
                html.link("ett privat meddelande", to: .staffReportedMessage(id))
                html.text(". Det öppnas med ett skäl, och deltagarna ser det.")
            }
        }
    }
}

extension Application {
    func reportTarget(of file: CaseFile) throws -> ReportTarget? {
        guard case .report(_, let thing) = file.topic else { return nil }
        switch thing {
        case .post(let id):
            let isVisible = if case .visible = try forum.post(id)?.post { true } else { false }
            return ReportTarget(thing: .post(id, isVisible: isVisible))
        case .thread(let id): return ReportTarget(thing: .thread(id))
        case .member(let id):
            return ReportTarget(
                thing: .member(id, username: try views.members.username(of: id)))
        case .message(let id, in: _): return ReportTarget(thing: .message(id))
        case .page: return nil
        }
    }

    /// The post that a decision about a reported text removes; for a thread, its first post.
    func removablePost(in thing: ReportedThing) throws -> PostID? {
        switch thing {
        case .post(let id): return id
        case .thread(let id): return try forum.thread(id).facts?.first
        case .member, .message, .page: return nil
        }
    }

    /// The other open reports of the same text, which one decision answers together.
    func otherReports(of record: CaseRecord) throws -> [CaseRecord] {
        guard case .report(_, let thing) = record.file.topic, record.file.decision == nil, !record.file.isClosed else {
            return []
        }
        return try views.reports.cases(about: thing)
            .filter { $0 != record.file.id }.compactMap { try messaging.record($0) }
            .filter { $0.file.decision == nil && !$0.file.isClosed }
    }
}
