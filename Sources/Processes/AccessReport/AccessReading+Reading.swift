import Accounts
import Events
import Projections

extension AccessReading {
    /// What is kept of what the member has read. Each line says up to when something is read; the time is that of the event there.
    func reading() throws -> [ReportRecord] {
        let read = try application.readMarkers(of: id)
        var lines: [ReportRecord] = []
        if read.everything > 0 { lines.append(try line("everything", "allt", through: read.everything)) }
        for (conversation, position) in read.conversations.sorted(by: { $0.value < $1.value }) {
            lines.append(try line("conversation", "ett samtal", conversation, through: position))
        }
        if read.notifications > 0 {
            lines.append(try line("notices", "alla aviseringar", through: read.notifications))
        }
        for position in read.opened.sorted() { lines.append(try line("notice", "en avisering", through: position)) }
        return lines
    }

    private func line(
        _ kind: String, _ words: String, _ conversation: ConversationID? = nil, through position: Int
    ) throws -> ReportRecord {
        let time = try application.log.events(after: position - 1, limit: 1).first?.time
        return [
            .kind: .code(kind, words), .conversation: .optional(conversation?.description), .until: .optional(time),
            .eraseBy: time.map { deadline(from: $0, \.reading) } ?? .missing,
        ]
    }
}
