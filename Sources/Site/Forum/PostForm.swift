import Events
import Forum
import HTML
import Processes
import Projections
import SiteMap
import Web

extension HTMLWriter {
    /// The form in which a post is written.
    ///
    /// - Parameters:
    ///   - hasTitle: whether it also asks for the thread's title.
    ///   - draft: where the text is kept while it is not sent, and the draft that the form begins with.
    ///   - opened: hidden fields, with the values they had when the form was opened.
    mutating func postForm(
        _ form: Form, to page: SiteLink, send: String, draft: KeptDraft, hasTitle: Bool = false,
        opened: [(FieldName, String)] = [], cancel: SiteLink? = nil
    ) {
        self.form(post: page, form) { html in
            html.hidden(draft)
            for (field, value) in opened { html.hiddenAsOpened(field, value) }
            if hasTitle { html.titleField(form) }
            html.textarea(
                .postText, "Text", in: form,
                hint:
                    "Tomma rader skiljer stycken åt. **Fet**, *kursiv* och listor med - fungerar, och @namn nämner en medlem."
                    + (form.quotes ? " Låt raden som börjar med [citat stå kvar: där visas citatet." : ""),
                rows: 10, preview: .postPreview, draft: .drafts)
            html.status(of: draft)
            html.actions { html in
                html.submit(send, choice: (.action, WritingAction.send.rawValue))
                html.submit("Förhandsgranska", .secondary, choice: (.action, WritingAction.preview.rawValue))
                html.buttons(for: draft)
                if let cancel { html.link("Avbryt", to: cancel, class: "link") }
            }
        }
    }

    /// The form for a reply at the end of a thread.
    mutating func replyForm(to thread: ThreadID, _ draft: Draft?) {
        postForm(
            Form(draft?.text), to: .reply(to: thread), send: "Skicka svaret",
            draft: KeptDraft(at: .reply(thread), draft))
    }

    /// The field for a thread's title.
    mutating func titleField(_ form: Form) {
        let longest = ThreadTitle.lengths.upperBound
        field(.postTitle, "Rubrik", in: form, hint: "Högst \(longest) tecken.", maxLength: longest)
    }

    /// The rendered post, above the form it was written in.
    mutating func preview(_ segments: [ThreadPage.Segment]?) {
        guard let segments else { return }
        element(.section, class: "preview", .labelledBy("preview")) { html in
            html.h2("Så här kommer det att se ut", id: "preview")
            html.div(class: "prose") { $0.segments(segments, linksMembers: true) }
        }
    }
}

extension Form {
    /// `.send` when no button was pressed, since the Enter key submits the form without one.
    func writingAction() throws(PageError) -> WritingAction {
        if typed(.action).isEmpty { return .send }
        guard let action: WritingAction = choice(.action) else { throw .malformed(.encoding) }
        return action
    }

    /// Whether the text has a line that becomes a quote.
    fileprivate var quotes: Bool { typed(.postText).contains("[citat ") }

    /// The form with the reason of a refusal noted at the text.
    func noting(_ reason: String) -> Form {
        var form = self
        form.note(reason, at: .postText)
        return form
    }
}
