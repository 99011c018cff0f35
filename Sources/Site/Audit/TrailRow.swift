import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// A row of the audit trail: an event, or mails that followed each other.
struct TrailRow: Sendable {
    /// The newest first; several only for mails.
    private(set) var entries: [AuditTrail.Entry]
    /// Nil where the kind of event says enough.
    private let exactWords: String?
    private let mail: MailEventName?

    private init(_ entry: AuditTrail.Entry, _ exactWords: String?) {
        entries = [entry]
        self.exactWords = exactWords
        mail = MailEventName.allCases.first { name in
            switch name {
            case .handedOver, .suppressed, .givenUp: entry.type.hasPrefix("\(name.rawValue).v")
            case .released, .bounced, .addressRetried: false
            }
        }
    }

    var entry: AuditTrail.Entry { entries[0] }
    var last: AuditTrail.Entry { entries[entries.count - 1] }
    var isFolded: Bool { entries.count > 1 }

    var words: String {
        guard isFolded else { return exactWords ?? EventWords.sentence(for: entry.type) }
        let counted = MailEventName.allCases.compactMap { name -> String? in
            let count = entries.count { $0.type.hasPrefix("\(name.rawValue).v") }
            return count == 0 ? nil : name.counted(count)
        }
        return counted.joined(separator: ", ")
    }

    private mutating func fold(_ next: TrailRow) -> Bool {
        guard mail != nil, next.mail != nil, entry.policy == next.entry.policy, entry.actor == next.entry.actor else {
            return false
        }
        entries += next.entries
        return true
    }
}

extension MailEventName {
    fileprivate func counted(_ count: Int) -> String {
        switch self {
        case .handedOver: SwedishNumber.counted(count, "mejl skickades", "mejl skickades")
        case .suppressed: SwedishNumber.counted(count, "mejl skickades inte", "mejl skickades inte")
        case .givenUp: SwedishNumber.counted(count, "mejl gick inte att skicka", "mejl gick inte att skicka")
        case .released, .bounced, .addressRetried: sentence
        }
    }
}

extension TrailRow {
    /// The rows of a page of the trail.
    struct Page: Sendable {
        fileprivate(set) var rows: [TrailRow] = []
        fileprivate(set) var isMore = false
    }

    /// The most events that one page reads.
    private static let mostEvents = 5000

    /// The newest rows before a position. Folded mails count as one row, so that a newsletter to every member does not fill the trail.
    static func page(
        _ filter: AuditTrail.Filter, before position: Int?, limit: Int = AuditTrail.pageSize,
        in snapshot: ViewsSnapshot, _ log: EventLog
    ) throws -> Page {
        // The mails themselves are asked for.
        let folds = (filter.type ?? "").isEmpty && filter.types == nil && filter.stream == nil
        var page = Page()
        var (before, read) = (position, 0)
        while true {
            let size = 4 * AuditTrail.pageSize
            let entries = try snapshot.auditTrail.entries(filter, before: before, limit: size)
            for entry in entries {
                let row = TrailRow(entry, try exactWords(of: entry, in: log))
                if folds, let last = page.rows.indices.last, page.rows[last].fold(row) { continue }
                guard page.rows.count < limit else {
                    page.isMore = true
                    return page
                }
                page.rows.append(row)
            }
            read += entries.count
            before = entries.last?.position
            guard entries.count == size else { return page }
            guard read < mostEvents else {
                page.isMore = true
                return page
            }
        }
    }

    private static func exactWords(of entry: AuditTrail.Entry, in log: EventLog) throws -> String? {
        guard EventWords.needsEvent(entry.type) else { return nil }
        let event = try log.events(after: entry.position - 1, limit: 1).first
        return event.map { EventWords.sentence(for: $0) }
    }
}

extension HTMLWriter {
    /// Lists rows of the trail with actor, action, stream and policy version.
    mutating func trail(_ rows: [TrailRow], _ names: MemberNames) {
        let columns = [
            Column("Nummer", number: true), Column("Tid"), Column("Vem"), Column("Vad"), Column("Gäller"),
            Column("Policy"),
        ]
        table("Händelser", columns, rows: rows) { row, column, html in
            switch column {
            case 0: html.link(SwedishNumber.grouped(row.entry.position), to: .auditEvent(row.entry.position))
            case 1: html.exactTime(row.entry.time)
            case 2: names.write(row.entry.actor, into: &html)
            case 3: if row.isFolded { html.mails(row) } else { html.text(row.words) }
            case 4: if row.isFolded { html.text("Utgående mejl") } else { html.stream(row.entry, names) }
            default:
                if let policy = row.entry.policy {
                    html.link(policy.description, to: .privacyPolicy(version: policy.description))
                }
            }
        }
    }

    private mutating func stream(_ entry: AuditTrail.Entry, _ names: MemberNames) {
        let words = StreamWords.words(for: names.shown(stream: entry.stream))
        text(words.kind)
        guard let id = words.id else { return }
        text(" ")
        element(.span, class: "hash", text: id)
    }

    /// One row for all, which opens.
    private mutating func mails(_ row: TrailRow) {
        let most = 100
        element(.details) { html in
            html.element(.summary, text: row.words)
            html.list(row.entries.prefix(most).map(\.self), class: "folded") { entry, html in
                html.link(SwedishNumber.grouped(entry.position), to: .auditEvent(entry.position))
                html.text(" ")
                html.exactTime(entry.time)
                html.text(" – \(EventWords.sentence(for: entry.type))")
            }
            guard row.entries.count > most else { return }
            html.p { $0.link("Visa alla mejl som lämnades", to: AuditTrailChoice.mails(through: row.entry.position)) }
        }
    }
}
