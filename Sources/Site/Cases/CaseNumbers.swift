import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension StaffCasePage {
    /// The texts on the page in which a number is masked.
    var hiddenTexts: [HiddenText] { allTexts.masked(today: today) }

    private var allTexts: [HiddenText] {
        var all = [HiddenText(heading: "Från", words: names.opener)]
        if let subject = record.opening?.subject {
            all.append(HiddenText(heading: "Ämne", words: subject, writer: file.opener))
        }
        for text in texts {
            for version in [text.judged].compactMap(\.self) + text.earlier + text.later {
                all.append(
                    HiddenText(heading: text.staffHeading, words: version.words.plain, writer: text.author.id))
            }
            if let title = text.thread?.title {
                all.append(HiddenText(heading: "Tråden", words: title, writer: text.author.id))
            }
        }
        for entry in record.entries {
            guard let line = line(entry) else { continue }
            for words in line.texts {
                all.append(HiddenText(heading: line.heading, words: words, writer: writer(of: entry)))
            }
        }
        for other in others {
            if let words = other.opening?.text {
                all.append(
                    HiddenText(
                        heading: other.file.topic.swedish, words: words,
                        writer: other.file.isUnasked ? nil : other.file.opener))
            }
        }
        return all
    }

    /// The party who wrote an entry; nil for a visitor, and for staff.
    private func writer(of entry: CaseRecord.Entry) -> MemberID? {
        switch entry.event {
        case .opened: file.isUnasked ? nil : file.opener
        case .stated(let addition): file.member(addition.party)
        case .appealed(_, by: let party): file.member(party)
        case .mailSetAside, .mailFiled, .mailReceived: file.opener
        case .contactGiven, .replied, .noted, .assigned, .warned, .closed, .reopened, .decided, .extended,
            .identityChecked, .identified, .answersDirected, .erased:
            nil
        }
    }
}

extension StaffCaseController {
    func askToShowNumbers(_ context: SiteContext) async throws -> Response {
        let page = try await page(context)
        return context.page(numbersPage(page, at: .staffCaseNumbers(page.file.id), Form())).uncached
    }

    /// Shows the texts of a case in full, once that is recorded.
    func showNumbers(_ context: SiteContext) async throws -> Response {
        let page = try await page(context)
        var asking = numbersPage(page, at: .staffCaseNumbers(page.file.id), try context.form())
        let texts = page.hiddenTexts
        guard let reason = asking.chosenReason() else { return context.refused(asking).uncached }
        guard !texts.isEmpty else { return .redirect(to: page.address) }
        try await record(texts, in: page, for: reason, context)
        return context.page(ShownNumbersPage(back: asking.back, staffTab: page.staffTab, texts: texts)).uncached
    }

    /// A mail as it came, in which nothing is masked: asks for a reason first, where a number stands in it.
    func askBeforeDownload(_ mail: SiteLink, _ page: StaffCasePage, _ form: Form = Form()) -> ShowNumbersPage {
        numbersPage(page, at: mail, form)
    }

    /// Records that the reader sees the numbers in texts of a case.
    func record(
        _ texts: [HiddenText], in page: StaffCasePage, for reason: NumberReason, _ context: SiteContext
    ) async throws {
        let file = page.file
        let writers = Set(texts.compactMap(\.writer))
        let parties = Set([file.isUnasked ? nil : file.opener, file.other].compactMap(\.self))
        let handlers = [Role.administrator, .moderator].filter(file.topic.matter.handlers.contains)
        do {
            try await application.accounts.showNumbers(
                in: .caseFile(file.id), by: writers.isEmpty ? parties : writers, to: page.reader, as: handlers,
                for: reason, command: try context.showing(of: file.id.description))
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        }
    }

    private func numbersPage(_ page: StaffCasePage, at address: SiteLink, _ form: Form) -> ShowNumbersPage {
        ShowNumbersPage(
            address: address, back: Breadcrumb("Ärendet", page.address), staffTab: page.staffTab, proof: .reason,
            form: form)
    }
}

/// Whether a mail as it came shows a number, read as its lines and as quoted-printable text.
enum RawMail {
    static func holdsNumber(_ bytes: [UInt8], today: CalendarDate) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        let unfolded = text.replacing("=\r\n", with: "").replacing("=\n", with: "").replacing("=2D", with: "-")
            .replacing("=20", with: " ")
        return [text, unfolded].contains { MaskedText($0, today: today).holdsNumber }
    }
}
