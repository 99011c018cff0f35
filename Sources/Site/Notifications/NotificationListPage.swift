import Events
import Forum
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// `/aviseringar`
struct NotificationListPage: HTMLPage {
    let entries: [NotificationList.Entry]
    let watches: [NotificationList.Watch]
    let categories: [CategoryList.Category]
    let unread: Unread
    let paging: Paging

    var title: String { "Aviseringar" }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title) { html in
            guard unread.notifications > 0, let newest = entries.first else { return }
            html.form(post: .readNotifications) { html in
                html.hidden(NotificationController.through, String(newest.position))
                html.submit("Markera alla som lästa", .secondary)
            }
        }
        if unread.messages > 0 {
            html.notice { html in
                html.p { html in
                    html.text("Du har ")
                    html.link(
                        SwedishNumber.spelled(unread.messages, "ett oläst meddelande", "olästa meddelanden"),
                        to: .conversations())
                    html.text(".")
                }
            }
        }
        if entries.isEmpty {
            html.emptyState(
                "Inga aviseringar än",
                "Här står det när någon svarar i dina trådar, nämner eller citerar dig, eller skriver i något du bevakar."
            ) { $0.buttonLink("Till forumet", to: .forum) }
        } else {
            html.element(.ol, class: "thread-list") { html in
                for entry in entries { html.li { item(entry, into: &$0) } }
            }
        }
        html.pager(paging) { .notificationList(page: $0) }
        writeWatches(into: &html)
        html.p { html in
            html.text("Vill du ha mejl också? Det väljer du i ")
            html.link("sajtinställningarna", to: .mailPreferences)
            html.text(".")
        }
    }

    private func item(_ entry: NotificationList.Entry, into html: inout HTMLWriter) {
        html.element(.h2, class: "title") { html in
            html.link(entry.sentence, to: .notification(entry.position))
            if !entry.isRead { html.tag("Ny", class: "tag strong") }
        }
        html.p(class: "meta") { html in
            if let reason = entry.reason { html.text("Skäl: \(reason.words). ") }
            if let category = entry.category { html.text("\(category), ") }
            html.time(entry.time)
        }
    }

    private func writeWatches(into html: inout HTMLWriter) {
        html.h2("Det du bevakar")
        guard !watches.isEmpty else {
            return html.p("Inget än. Länken Bevaka finns överst i varje tråd och kategori.", class: "muted")
        }
        html.list(watches) { watch, html in
            switch watch.thing {
            case .thread(let id):
                html.link(watch.title ?? "Rubriken är raderad", to: .thread(id))
                html.text(" ")
                html.stopWatching(watch.title ?? "tråden", at: .watchThread(id))
            case .category(let id):
                guard let category = categories.first(where: { $0.id == id }) else { return html.text("En kategori") }
                html.link(category.name, to: .category(category.slug))
                html.text(" ")
                html.stopWatching(category.name, at: .watchCategory(category.slug))
            }
        }
    }
}

extension HTMLWriter {
    fileprivate mutating func stopWatching(_ name: String, at page: SiteLink) {
        form(post: page, class: "inline") { html in
            html.hidden(NotificationController.watched, "nej")
            html.element(.button, class: "link") { html in
                html.text("Sluta bevaka")
                html.visuallyHidden(" \(name)")
            }
        }
    }
}
