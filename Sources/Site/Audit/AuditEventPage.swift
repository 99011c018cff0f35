import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/revision/handelse/{position}`: one event, without its sealed content.
struct AuditEventPage: HTMLPage {
    let event: RecordedEvent
    let clear: String
    let leafHash: TreeHash
    let head: Int
    let names: MemberNames

    var title: String { "Händelse \(SwedishNumber.grouped(event.position))" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .auditTrail())
        html.pageHead(title, lead: EventWords.sentence(for: event))
        html.facts { html in
            html.fact("Tid") { $0.exactTime(event.time) }
            html.fact("Vem") { names.write(event.actor, into: &$0) }
            html.fact("Vad", EventWords.sentence(for: event), meta: event.type.description)
            html.fact("Ström", StreamWords.words(for: stream).kind, meta: "\(stream), händelse \(event.version) i den")
            html.fact("Kommando") { $0.element(.span, class: "hash", text: event.command.description) }
            if let causation = event.causation {
                html.fact("Orsakad av") {
                    $0.link("händelse \(SwedishNumber.grouped(causation))", to: .auditEvent(causation))
                }
            }
            html.fact("Personuppgifter", sealing)
            html.fact("Lövets hash") { $0.element(.span, class: "hash", text: Hex.encode(leafHash)) }
        }
        html.h2("Öppen del")
        html.scrolling("Händelsens öppna del", clear)
        html.p("Före detta medlemmars id visas inte här. Hela händelsen finns i en kopia av loggen:", class: "muted")
        html.scrolling(
            "Kommando", "mikroforetag log show --data KOPIA --stream '\(stream)'"
        )
        html.h2("Bevis")
        html.p { html in
            html.text("Beviset visar att händelsen står i loggen, under en signerad kontrollpunkt. ")
            html.link("Hämta beviset", to: .eventProof(event.position))
            html.text(" (C2SP tlog-proof).")
        }
        neighbours(into: &html)
    }

    private var stream: String { names.shown(stream: event.stream.description) }

    private var sealing: String {
        switch event.content {
        case .none: "Inga"
        case .open, .locked: "Förseglade; visas inte här"
        case .erased: "Raderade"
        }
    }

    private func neighbours(into html: inout HTMLWriter) {
        html.element(.nav, class: "pager", .label("Händelser")) { html in
            html.element(.ol) { html in
                if event.position > 1 {
                    html.li { $0.element(.a, .href(.auditEvent(event.position - 1)), .rel("prev"), text: "Föregående") }
                }
                if event.position < head {
                    html.li { $0.element(.a, .href(.auditEvent(event.position + 1)), .rel("next"), text: "Nästa") }
                }
            }
        }
    }
}

extension AuditController {
    /// Answers 404 for an event by others in the reader's own matters, since its existence would reveal that she is reported or her data
    /// held; likewise for the events that it caused and the mails about it.
    var eventInAddress: Matter {
        .of { context in
            let reader = try context.requireMember().id
            var next: [Int] = [try position(context)]
            var seen: Set<Int> = []
            while let position = next.popLast() {
                guard seen.insert(position).inserted else { continue }
                guard try application.views.auditTrail.shows(position, to: reader) else {
                    throw PageError.notFound
                }
                guard let event = try application.log.events(after: position - 1, limit: 1).first else { continue }
                next += [event.causation, try MailEvent.decode(event)?.askedAt].compactMap(\.self)
            }
            return []
        }
    }

    func event(_ context: SiteContext) async throws -> Response {
        let position = try position(context)
        let log = application.log
        guard position <= log.head, let event = try log.events(after: position - 1, limit: 1).first,
            event.position == position,
            let leaf = try log.leafInput(ofEventAt: position)
        else { throw PageError.notFound }
        let clear = String(decoding: event.clear.bytes, as: UTF8.self)
        let page = try application.views.read { snapshot in
            let told = try MemberNames(
                inText: "\(clear) \(event.actor) \(event.stream)", in: snapshot)
            return AuditEventPage(
                event: event, clear: told.shown(clear: clear), leafHash: TreeHashing.leaf(leaf), head: log.head,
                names: told)
        }
        return context.page(page)
    }
}
