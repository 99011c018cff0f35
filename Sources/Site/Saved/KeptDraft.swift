import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// Where a form keeps its text while it is not sent, and the draft that it began with.
struct KeptDraft: Sendable {
    let place: DraftPlace
    let draft: Draft?

    init(at place: DraftPlace, _ draft: Draft?) {
        self.place = place
        self.draft = draft
    }
}

extension HTMLWriter {
    /// The hidden fields that say which draft the form's text is.
    mutating func hidden(_ draft: KeptDraft) {
        hiddenAsOpened(.draftKind, draft.place.kind.rawValue)
        hiddenAsOpened(.draftPlace, draft.place.id)
    }

    /// Says below the text when its draft was saved.
    mutating func status(of draft: KeptDraft) { draftStatus(draft.draft.map { $0.words(at: now) } ?? "") }

    /// The buttons that keep the text as a draft and throw the draft away.
    mutating func buttons(for draft: KeptDraft) {
        submit("Spara utkast", .secondary, choice: (.action, WritingAction.save.rawValue))
        if draft.draft != nil {
            submit("Ta bort utkastet", .link, choice: (.action, WritingAction.discard.rawValue))
        }
    }
}

extension Draft {
    /// `Sparat kl. 10.42`, with the day if that is not today.
    func words(at now: Instant) -> String {
        let clock = StockholmClock(saved)
        guard clock.day != StockholmClock(now).day, let date = clock.date else { return "Sparat kl. \(clock.time)" }
        return "Sparat \(SwedishDate.short(date)) kl. \(clock.time)"
    }
}

extension Reader {
    /// The draft at a place; nil also for one that does not open.
    func draft(at place: DraftPlace) -> Draft? {
        guard let member = actor, member.saved.drafts.contains(place) else { return nil }
        return try? member.draft(place)
    }

    /// Whether the page may show a draft beside what others wrote: then it is not compressed, as its length could tell of the draft.
    func mayShowDraft(on page: Address) -> Bool {
        guard [Address.thread, .titledThread, .reply].contains(page) else { return false }
        return actor?.saved.drafts.contains { $0.kind == .reply } ?? false
    }
}

extension Form {
    /// A form that begins with a draft, if there is one.
    init(_ draft: DraftText?) {
        self.init()
        guard let draft else { return }
        self.init([
            .postText: draft.text, .postTitle: draft.title ?? "", .recipients: draft.recipients ?? "",
        ])
    }

    /// The typed text as a draft, word for word.
    var draftText: DraftText {
        func typed(_ field: FieldName) -> String? { self.typed(field).isEmpty ? nil : self.typed(field) }
        return DraftText(
            typed(.postText) ?? "", title: typed(.postTitle), recipients: typed(.recipients),
            base: value(.baseRevision))
    }
}

extension SiteContext {
    /// The answer to a form that was not to be sent.
    struct Kept {
        /// Nil when the text could not be kept; the form says why.
        let response: Response?
    }

    func draft(at place: DraftPlace) -> Draft? { reader.draft(at: place) }

    /// Keeps the text of a form as a draft, or throws the draft away, if that button was pressed; nil if another was.
    /// - Parameter page: the page of the form, which then begins with the draft.
    func keep(
        _ form: inout Form, at place: DraftPlace, in application: Application, then page: SiteLink,
        noting field: FieldName
    ) throws -> Kept? {
        switch try form.writingAction() {
        case .send, .preview: return nil
        case .discard:
            try application.reading.removeDraft(at: place, of: requireMember().id)
        case .save:
            do {
                try application.keep(form.draftText, at: place, of: requireMember().id)
            } catch let refusal as SavingRefusal {
                form.note(refusal.words, at: field)
                return Kept(response: nil)
            }
        }
        return Kept(response: .redirect(to: page))
    }
}

extension Application {
    /// Saves a draft; an empty one is removed.
    func keep(_ text: DraftText, at place: DraftPlace, of member: MemberID) throws {
        guard !text.isEmpty else { return try reading.removeDraft(at: place, of: member) }
        try reading.save(text, at: place, of: member, at: clock.now())
    }
}

extension SavingRefusal {
    var words: String {
        switch self {
        case .tooManyDrafts:
            "Du har redan \(Draft.most) utkast, så det här sparas inte. Skicka eller ta bort något av dem under Utkast."
        case .draftTooLong: "Texten är för lång för att sparas som utkast."
        case .tooManyBookmarks:
            "Du har redan sparat \(SwedishNumber.grouped(Bookmark.most)) inlägg. Ta bort något av dem under Sparat."
        case .noteTooLong: "Anteckningen är för lång. Den får ha högst \(Bookmark.longestNote) tecken."
        case .unavailable: "Det går inte att spara just nu. Försök igen om en stund."
        }
    }
}
