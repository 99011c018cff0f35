import Accounts
import Events
import HTML
import Processes
import Projections

/// A correction request as its requester sees it.
struct OwnCorrection: Sendable {
    let entry: CorrectionList.Entry
    let request: CorrectionRequest

    var approvedAt: Instant? {
        if case .decided(isApproved: true, let time) = entry.state { time } else { nil }
    }

    /// The requested value; a personal identity number stays masked (P-12.3).
    var wish: String {
        guard let wish = request.correction?.wish.value.value else { return "Raderad" }
        switch wish.value {
        case .name(let name): return name.text
        case .sex(let sex): return sex.words
        case .personalIdentityNumber: return "Ett annat nummer"
        }
    }

    var grounds: String? {
        let grounds = request.correction?.wish.value.value?.grounds ?? ""
        return grounds.isEmpty ? nil : grounds
    }

    var comparison: String? {
        switch request {
        case .none, .requested: nil
        case .compared(_, let comparison), .decided(_, let comparison, _):
            comparison.value.value.map(\.swedish) ?? "Raderad"
        }
    }

    var reason: String? {
        if case .decided(_, _, let decision) = request { decision.reason.value.value?.text ?? "Raderat" } else { nil }
    }
}

extension Comparison {
    var swedish: String {
        switch self {
        case .registerAgrees: "Folkbokföringen säger detsamma"
        case .documentAgrees: "En handling säger detsamma"
        case .differs: "Det stämmer inte med folkbokföringen eller handlingen"
        case .nothingFound: "Det fanns inget att jämföra med"
        }
    }
}

extension HTMLWriter {
    mutating func fact(_ correction: OwnCorrection) {
        fact(correction.entry.field.swedish.firstUpper) { html in
            switch correction.entry.state {
            case .requested, .compared: html.text("Väntar på beslut")
            case .decided(let isApproved, let at):
                html.text(isApproved ? "Godkänd " : "Avslagen ")
                html.exactTime(at)
            }
            html.span("Du ville ha: \(correction.wish)", class: "meta")
            html.span(
                "Begärd \(RelativeTime(correction.entry.requestedAt, now: correction.entry.requestedAt).exact)",
                class: "meta")
            if let grounds = correction.grounds { html.span("Dina skäl: \(grounds)", class: "meta") }
            if let comparison = correction.comparison { html.span("Jämförelse: \(comparison)", class: "meta") }
            if let reason = correction.reason { html.span("Skäl för beslutet: \(reason)", class: "meta") }
        }
    }
}
