import Accounts
import Events
import Foundation
import Processes
import Projections
import Web

/// Metrics for Prometheus: numbers about the site as a whole, none about a person.
struct Metrics {
    private var lines: [String] = []

    init(_ application: Application, _ site: WebEnvironment) throws {
        let status = application.views.status
        add("mikroforetag_log_head", .counter, "Position of the last durable event.", status.head)
        add(
            "mikroforetag_log_transactions_total", .counter,
            "Transactions that the appends since the start have shared.",
            application.log.transactions)
        add("mikroforetag_views_position", .gauge, "Position that the views have reached.", status.position)
        add("mikroforetag_views_generation", .gauge, "Generation of the views in use.", status.generation)
        add(
            "mikroforetag_views_failed", .gauge, "1 when the views stopped at an event, or are damaged.",
            status.failure == nil && !status.isDamaged ? 0 : 1)
        add("mikroforetag_views_rebuilding", .gauge, "1 while views are being rebuilt.", status.rebuild == nil ? 0 : 1)
        add("mikroforetag_sessions", .gauge, "Browsers that are signed in.", try site.sessions.count())
        if let visits = site.visits {
            add("mikroforetag_visits", .gauge, "Rows in the visit log.", try visits.count())
            add(
                "mikroforetag_visits_dropped_total", .counter, "Requests that the visit log had no room for.",
                visits.dropped)
        }
        add("mikroforetag_connections", .gauge, "Open connections.", site.connections.open)
        add(
            "mikroforetag_connections_refused_total", .counter,
            "Connections and requests turned away because too many were open.", site.connections.refused)
        try addRetention(application, site)
        add(
            "mikroforetag_keys_backed_up", .gauge, "1 when the keys in use have been backed up.",
            try application.log.keyHistory().backedUp == nil ? 0 : 1)
        add(
            "mikroforetag_erasures_unfinished", .gauge, "Erasures whose last trace is not gone yet.",
            site.erasures.unfinished)
        describe("mikroforetag_requests_total", .counter, "Answers by the first digit of their status.")
        for (status, count) in site.answers.counts {
            lines.append("mikroforetag_requests_total{status=\"\(status)xx\"} \(count)")
        }
        describe("mikroforetag_security_incidents_total", .counter, "Incidents since the start, by kind.")
        for (kind, count) in site.security.totals {
            lines.append("mikroforetag_security_incidents_total{kind=\"\(kind.rawValue)\"} \(count)")
        }
        if let bytes = Metrics.residentBytes {
            add("process_resident_memory_bytes", .gauge, "Memory in use.", bytes)
        }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// Adds the age of the oldest entry of each kind and the limit in the policy in force.
    private mutating func addRetention(_ application: Application, _ site: WebEnvironment) throws {
        let now = application.clock.now()
        let lines = try RetentionOverview(application, site, at: now).lines
        describe("mikroforetag_retention_limit_seconds", .gauge, "How old something may get under the policy in force.")
        for line in lines { add("mikroforetag_retention_limit_seconds", line, now.subtracting(line.limit), now) }
        describe("mikroforetag_retention_oldest_seconds", .gauge, "How old the oldest thing of a kind is.")
        for line in lines { add("mikroforetag_retention_oldest_seconds", line, line.oldest ?? now, now) }
    }

    private mutating func add(_ name: String, _ line: RetentionOverview.Line, _ start: Instant, _ now: Instant) {
        let seconds = (now.milliseconds - start.milliseconds) / 1000
        lines.append("\(name){kind=\"\(line.kind.name)\"} \(seconds)")
    }

    private enum Kind: String { case counter, gauge }

    private mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        describe(name, kind, help)
        lines.append("\(name) \(value)")
    }

    private mutating func describe(_ name: String, _ kind: Kind, _ help: String) {
        lines.append("# HELP \(name) \(help)")
        lines.append("# TYPE \(name) \(kind.rawValue)")
    }

    private static var residentBytes: Int? {
        guard let statistics = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = statistics.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
