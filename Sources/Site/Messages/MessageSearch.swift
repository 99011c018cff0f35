import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// The result of a search in one's own messages.
struct MessageFindings: Sendable {
    /// The maximum number of messages opened, and of findings shown.
    static let mostRead = 5000
    static let mostShown = 50

    struct Finding: Sendable {
        let conversation: ConversationList.Entry
        /// The page of the conversation that the message is on.
        let page: Int
        let message: ConversationMessage
        let excerpt: Excerpt
    }

    var findings: [Finding] = []
    /// Whether older messages were left out.
    var isPartial = false
}

/// A piece of a text around the first of the search words.
struct Excerpt: Sendable {
    let before: String
    let found: String
    let after: String

    /// Nil when the text does not contain all the words, ignoring case.
    init?(of text: String, around words: [String]) {
        let folded = FoldedText(text)
        guard let first = words.first, words.dropFirst().allSatisfy({ folded.place(of: $0) != nil }),
            let place = folded.place(of: first)
        else { return nil }
        let start = text.index(place.lowerBound, offsetBy: -60, limitedBy: text.startIndex) ?? text.startIndex
        let end = text.index(place.upperBound, offsetBy: 100, limitedBy: text.endIndex) ?? text.endIndex
        before = (start > text.startIndex ? "… " : "") + text[start..<place.lowerBound]
        found = String(text[place])
        after = text[place.upperBound..<end] + (end < text.endIndex ? " …" : "")
    }
}

extension SlowReads {
    /// Searches a member's own conversations in the log, the newest first; there is no index of message texts.
    func messages(
        holding words: SearchWords, of member: MemberID, in application: Application
    ) async throws -> MessageFindings {
        try await read { snapshot in
            var found = MessageFindings()
            var read = 0
            var page = 1
            while true {
                let entries = try snapshot.conversations.of(member, page: page, having: .none)
                for entry in entries {
                    guard read < MessageFindings.mostRead else {
                        found.isPartial = true
                        return found
                    }
                    let messages = try application.messaging.messages(in: entry.id)
                    read += messages.count
                    for (index, message) in messages.enumerated().reversed() {
                        guard let text = message.text.value?.text, let excerpt = Excerpt(of: text, around: words.all)
                        else { continue }
                        found.findings.append(
                            MessageFindings.Finding(
                                conversation: entry, page: index / ConversationPage.size + 1, message: message,
                                excerpt: excerpt))
                        guard found.findings.count < MessageFindings.mostShown else {
                            found.isPartial = true
                            return found
                        }
                    }
                }
                guard entries.count == ConversationList.pageSize else { return found }
                page += 1
            }
        }
    }
}

/// `/meddelanden?q=`
struct MessageSearchPage: HTMLPage {
    let typed: String
    let found: MessageFindings
    let reader: MemberID

    var title: String { "Sök i meddelanden" }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Meddelanden", .conversations())])
        html.h1(title)
        html.messageSearch(typed)
        guard !found.findings.isEmpty else {
            return html.emptyState("Inga meddelanden hittades", "Prova med färre eller andra ord.") {
                $0.buttonLink("Alla meddelanden", to: .conversations())
            }
        }
        html.element(.ol, class: "result-list") { html in
            for finding in found.findings { html.li { item(finding, into: &$0) } }
        }
        if found.isPartial {
            html.p(
                "Vi visar de senaste \(MessageFindings.mostShown) träffarna bland dina senaste meddelanden. Skriv fler ord för att hitta äldre.",
                class: "muted")
        }
    }

    private func item(_ finding: MessageFindings.Finding, into html: inout HTMLWriter) {
        let message = finding.message
        html.element(.h2, class: "title") { html in
            html.link(
                finding.conversation.title,
                to: .conversation(finding.conversation.id, page: finding.page, message: message.id))
        }
        html.p { html in
            html.text(finding.excerpt.before)
            html.element(.mark, text: finding.excerpt.found)
            html.text(finding.excerpt.after)
        }
        html.p(class: "meta") { html in
            let author = finding.conversation.others.first { $0.member.id == message.author }
            html.text(message.author == reader ? "Du" : author?.member.nameWithRole ?? "Tidigare medlem")
            html.text(", ")
            html.time(message.sent)
        }
    }
}
