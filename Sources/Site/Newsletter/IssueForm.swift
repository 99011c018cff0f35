import Events
import Forum
import Foundation
package import HTML
package import Messaging
import Processes

/// The fields in which an issue is written and sent.
extension SiteContext {
    /// The typed issue; nil, with a note, when it has a mistake or the queue is full.
    func issueText(_ form: inout Form) async throws -> IssueText? {
        let copy = form
        let read = try await read(&form, at: IssuePage.text) { [copy] in
            var form = copy
            return (text: form.issueText(), form: form)
        }
        guard let read else { return nil }
        form = read.form
        return read.text
    }
}

extension Form {
    package init(_ text: IssueText) { self.init([IssuePage.subject: text.subject, IssuePage.text: text.body]) }

    /// A form with another text and the same mistakes.
    func holding(_ text: IssueText) -> Form {
        var form = Form([
            IssuePage.subject: text.subject, IssuePage.text: text.body, IssuePage.day: typed(IssuePage.day),
            IssuePage.time: typed(IssuePage.time),
        ])
        for mistake in mistakes { form.note(mistake.message, at: mistake.field) }
        return form
    }

    /// The typed issue; nil, with a note, when it has a mistake.
    fileprivate mutating func issueText() -> IssueText? {
        let text: IssueText
        do {
            text = try IssueText.parse(subject: typed(IssuePage.subject), body: self.text(IssuePage.text))
        } catch {
            switch error {
            case .noSubject: note("Skriv ett ämne.", at: IssuePage.subject)
            case .subjectTooLong:
                note("Ämnet får ha högst \(IssueText.longestSubject) tecken.", at: IssuePage.subject)
            case .noBody: note("Skriv vad nyhetsbrevet ska säga.", at: IssuePage.text)
            case .bodyTooLong:
                note(
                    "Texten får ha högst \(SwedishNumber.grouped(IssueText.longestBody)) tecken.", at: IssuePage.text)
            case .containsNUL: note("Texten innehåller ett tecken som inte går att skicka.", at: IssuePage.text)
            }
            return nil
        }
        do {
            _ = try IssueBody(written: text.body)
            guard Markdown.isVisible(text.body) else {
                note("Skriv vad nyhetsbrevet ska säga.", at: IssuePage.text)
                return nil
            }
            return text
        } catch {
            note(error.swedish, at: IssuePage.text)
            return nil
        }
    }

    /// The typed day and time in Stockholm; nil, with a note, when it is malformed or before `now`.
    mutating func sendingTime(after now: Instant) -> Instant? {
        let day = require(IssuePage.day, "Välj en dag.", as: { CalendarDate($0) })
        let time = require(IssuePage.time, "Skriv ett klockslag, till exempel 08.30.", as: Form.clockTime)
        guard let day, let time else { return nil }
        var parts = DateComponents(year: day.year, month: day.month, day: day.day)
        (parts.hour, parts.minute) = (time.hour, time.minute)
        guard let moment = Calendar.stockholm.date(from: parts).map({ Instant($0) }), moment >= now else {
            note("Tiden har redan varit. Välj en som kommer, eller skicka nu.", at: IssuePage.day)
            return nil
        }
        return moment
    }

    /// `8:30`, `08.30`
    private static func clockTime(_ text: String) -> (hour: Int, minute: Int)? {
        let parts = text.split(whereSeparator: { $0 == ":" || $0 == "." })
        guard parts.count == 2, parts[0].utf8.count <= 2, parts[1].utf8.count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return (hour, minute)
    }
}

extension IssueBody.Problem {
    var swedish: String {
        switch self {
        case .tooMuch(let excess): excess.words + "."
        case .notEnded(let line):
            "Annonsen som börjar på rad \(line) har inget slut. Skriv ::: på en egen rad efter den."
        case .withinAnother(let line): "På rad \(line) börjar en annons inne i en annan."
        case .endedWithoutBeginning(let line): "På rad \(line) slutar en annons som inte har börjat."
        case .empty(let line): "Annonsen som börjar på rad \(line) är tom."
        }
    }
}
