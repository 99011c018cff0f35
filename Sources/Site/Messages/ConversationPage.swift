import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// `/meddelanden/{id}`: what was written, the oldest first, and the field for the next message.
struct ConversationPage: HTMLPage {
    static let size = PageSize.conversation

    let entry: ConversationList.Entry
    let messages: [ConversationMessage]
    /// Until when the reader can undo the deletion of a message of hers.
    let undoableUntil: [MessageID: Instant]
    let paging: Paging
    let reader: MemberID
    /// The occasions on which the administration has read a reported message.
    let openings: [ReportedMessages.Opening]
    /// The messages that the reader has reported.
    let reported: Set<MessageID>
    /// The other members whose messages the reader blocks.
    let blocked: Set<MemberID>
    let form: Form
    var draft: Draft?

    var title: String { entry.title }

    private var isPair: Bool { entry.others.count == 1 }

    /// Whether at least one other member can still be written to.
    private var isAnybodyThere: Bool { entry.others.contains { $0.isPresent && $0.member.username != nil } }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Meddelanden", .conversations())])
        html.h1("Samtal med \(title)")
        writeState(into: &html)
        html.element(.h2, class: "visually-hidden", text: "Meddelanden")
        for message in messages { article(message, into: &html) }
        html.pager(paging) { .conversation(entry.id, page: $0) }
        writeForm(into: &html)
        writeChoices(into: &html)
    }

    /// Says who has left, and that the administration has read a message, so that no member has to discover it by chance (P-06.2).
    private func writeState(into html: inout HTMLWriter) {
        let left = entry.others.filter { !$0.isPresent }.map(\.member.nameWithRole)
        if !left.isEmpty { html.p("\(left.swedishList) har lämnat samtalet.", class: "muted") }
        if entry.isMuted { html.p("Du har tystat samtalet och får inga aviseringar om det.", class: "muted") }
        for opening in openings {
            html.notice(.warning) { html in
                html.p { html in
                    html.text("En administratör läste ett meddelande här ")
                    html.exactTime(opening.time)
                    html.text(", \(opening.reason.words). Administratören såg bara det meddelandet.")
                }
            }
        }
    }

    private func article(_ message: ConversationMessage, into html: inout HTMLWriter) {
        let author = entry.others.first { $0.member.id == message.author }?.member
        let isOwn = message.author == reader
        let name = isOwn ? "Du" : author.map { shownName($0) } ?? "Tidigare medlem"
        let id = message.id.description
        html.element(
            .article, class: "post", .id(SiteLink.anchor(of: message.id)), .labelledBy("head-" + id)
        ) { html in
            html.avatar(Avatar(of: isOwn || author?.username != nil ? message.author : nil, named: name))
            html.element(.header, class: "post-head", .id("head-" + id)) { html in
                if let author, author.username != nil, !isOwn {
                    html.link(name, to: .member(author.id), class: "author")
                } else {
                    html.span(name, class: "author")
                }
                if !isOwn, author?.username != nil { html.roleTag(author?.role) }
                html.time(message.sent)
            }
            writeBody(of: message, into: &html)
            writeFoot(of: message, from: name, isOwn: isOwn, into: &html)
        }
    }

    private func writeBody(of message: ConversationMessage, into html: inout HTMLWriter) {
        html.div(class: "post-body prose") { html in
            guard let text = message.text.value else {
                html.p(message.deletedAt == nil ? "Meddelandet är raderat" : "Meddelandet är borttaget", class: "gone")
                if let end = undoableUntil[message.id] { writeUndoable(until: end, into: &html) }
                return
            }
            guard !isPair, blocked.contains(message.author) else { return html.message(text) }
            html.element(.details) { html in
                html.element(.summary, text: "Du tar inte emot meddelanden från den här medlemmen. Visa ändå")
                html.message(text)
            }
        }
    }

    private func writeUndoable(until end: Instant, into html: inout HTMLWriter) {
        html.p(class: "muted") { html in
            html.text("Bara du ser det här. Du kan ångra dig till ")
            html.exactTime(end)
            html.text(". Sedan raderas texten för gott, om ingen har anmält den.")
        }
    }

    private func writeFoot(
        of message: ConversationMessage, from name: String, isOwn: Bool, into html: inout HTMLWriter
    ) {
        guard message.text.value != nil || message.deletedAt != nil else { return }
        html.element(.footer, class: "post-foot") { html in
            if isOwn {
                if undoableUntil[message.id] != nil {
                    html.button("Ångra borttagningen", post: .restoreMessage(message.id))
                } else if message.deletedAt == nil {
                    html.button("Ta bort", post: .eraseMessage(message.id))
                }
                return
            }
            guard !reported.contains(message.id) else { return html.span("Du har anmält det här", class: "muted") }
            html.link(to: .reportMessage(message.id), class: "link") { html in
                html.text("Anmäl")
                html.visuallyHidden(" meddelandet från \(name)")
            }
        }
    }

    private func writeForm(into html: inout HTMLWriter) {
        guard isAnybodyThere else { return html.notice(ConversationRefusal.nobodyLeftReason) }
        html.element(.section, .labelledBy("skriv")) { html in
            html.h2("Skriv", id: "skriv")
            html.form(post: .conversation(entry.id), form) { html in
                html.messageField(in: form, rows: 5, KeptDraft(at: .message(entry.id), draft))
            }
        }
    }

    private func writeChoices(into html: inout HTMLWriter) {
        html.h2("Det här samtalet")
        html.div(class: "actions") { html in
            html.button(
                entry.isMuted ? "Få aviseringar igen" : "Tysta samtalet", post: .muteConversation(entry.id),
                with: [ConversationController.muted: entry.isMuted ? "nej" : "ja"])
            if isPair, let other = entry.others.first?.member, other.username != nil {
                html.blockButton(
                    other, isBlocked: blocked.contains(other.id), back: .conversation(entry.id))
            }
            html.link("Lämna samtalet", to: .leaveConversation(entry.id), class: "link danger")
        }
        html.p(class: "muted") { html in
            html.text("Kommer ni inte överens? ")
            html.link(
                "Be oss hjälpa till att lösa tvisten",
                to: .openDispute(
                    about: .conversation(entry.id), with: isPair ? entry.others.first?.member.username : nil))
            html.text(". Vi läser inte samtalet utan hör er båda.")
        }
    }
}
