import Events
import Messaging
import Projections

extension AccessReading {
    /// Every mail that was sent or meant to be sent to the member, and every bounce.
    func mails() throws -> [ReportRecord] {
        let sent = try views.mailOutcomes.of(id).map { outcome -> (Instant, ReportRecord) in
            (
                outcome.time,
                [
                    .time: .time(outcome.time), .kind: kind(outcome.name),
                    .outcome: .code(outcome.state.rawValue, outcome.state.words),
                    .reason: outcome.reason.map { .code($0, reason($0)) } ?? .missing,
                ]
            )
        }
        let returned = try views.mailOutcomes.returned(to: id).map { bounce -> (Instant, ReportRecord) in
            (
                bounce.time,
                [
                    .time: .time(bounce.time), .kind: kind(bounce.name), .outcome: .code("returned", "kom tillbaka"),
                    .reason: .text(bounce.status),
                ]
            )
        }
        return (sent + returned).sorted { $0.0 > $1.0 }.map(\.1)
    }

    private func kind(_ name: String) -> ReportValue { .code(name, SiteMail(rawValue: name)?.swedish ?? name) }

    private func reason(_ code: String) -> String {
        Suppression(rawValue: code)?.swedish ?? GivingUp.Reason(rawValue: code)?.swedish ?? code
    }
}

extension MailOutcomes.State {
    fileprivate var words: String {
        switch self {
        case .handedOver: "lämnades till mejlservern"
        case .givenUp: "gick inte att skicka"
        case .suppressed: "skickades inte"
        }
    }
}
