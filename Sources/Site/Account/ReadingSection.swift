import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// What is kept of what the member has read, saved and not sent, and the button that clears the first (P-06.4, P-12.3).
struct ReadingSection: Sendable {
    static let anchor = "last"

    let read: ReadMarkers
    let keptFor: Period
    let saved: SavedCounts
    let draftsKeptFor: Period

    static func provider(_ application: Application) -> SettingsController.SectionProvider {
        { member, context in
            let retention = try application.accounts.policyInForce(at: context.now).rules.retention
            let section = ReadingSection(
                read: try application.readMarkers(of: member), keptFor: retention.reading,
                saved: try SavedCounts(of: member, in: application.reading), draftsKeptFor: retention.drafts)
            return SettingsSection(id: anchor, heading: "Vad du har läst och sparat") { section.write(into: &$0) }
        }
    }

    /// The line in the list of all data.
    static func datum(_ read: ReadMarkers) -> PersonalDatum {
        PersonalDatum(
            label: "Vad du har läst",
            value: read.isEmpty
                ? .missing("Inget sparat")
                : .elsewhere(SwedishNumber.counted(read.count, "uppgift", "uppgifter"), anchor: anchor))
    }

    func write(into html: inout HTMLWriter) {
        html.p(
            "Vi kommer ihåg hur långt du har läst i dina samtal och vilka aviseringar du har sett, så att vi kan visa vad som är nytt. Ingen annan ser det. Efter \(keptFor.swedish) glömmer vi det, och då räknas allt som är äldre som läst."
        )
        html.facts { html in
            html.fact("Samtal som du har läst i") { $0.grouped(read.conversations.count) }
            html.fact("Aviseringar som du har öppnat") { $0.grouped(read.opened.count) }
            html.fact("När du markerade alla aviseringar som lästa", read.notifications > 0 ? "Sparat" : "Inget sparat")
        }
        html.p(
            "Om du glömmer det räknas allt som har kommit hittills som läst. Då sparar vi bara hur långt det gäller.",
            class: "muted")
        html.button("Glöm vad jag har läst", post: .clearReading)
        writeSaved(into: &html)
    }
}

extension ReadingSection {
    private func writeSaved(into html: inout HTMLWriter) {
        html.p(
            "Inlägg som du har sparat finns kvar tills du tar bort dem. Utkast finns kvar i \(draftsKeptFor.swedish) efter att du ändrade dem, eller tills du skickar dem. Anteckningar och utkast är krypterade med en nyckel som bara gäller dig."
        )
        html.facts { html in
            html.fact("Sparade inlägg") { $0.grouped(saved.bookmarks) }
            html.fact("Anteckningar om dem") { $0.grouped(saved.notes) }
            html.fact("Utkast") { $0.grouped(saved.drafts) }
        }
        html.actions { html in
            html.link("Visa det du har sparat", to: .bookmarks(), class: "link")
            html.link("Visa utkasten", to: .drafts, class: "link")
        }
    }
}

/// How much a member has saved for herself outside the log.
struct SavedCounts: Hashable, Sendable {
    var bookmarks = 0
    var notes = 0
    var drafts = 0

    init() {}

    init(of member: MemberID, in reading: ReadingStore) throws {
        let marked = try reading.bookmarks(of: member)
        (bookmarks, notes) = (marked.count, marked.count { !$0.note.isEmpty })
        drafts = try reading.savedPlaces(of: member).drafts.count
    }

    /// A line in the list of all data.
    func datum(_ label: String, _ count: Int, _ one: String, _ many: String) -> PersonalDatum {
        PersonalDatum(
            label: label,
            value: count == 0
                ? .missing("Inget sparat")
                : .elsewhere(SwedishNumber.counted(count, one, many), anchor: ReadingSection.anchor))
    }
}

extension SettingsController {
    /// Replaces what is kept by one position: everything up to now is read.
    func clearReading(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        _ = try context.form()
        try application.reading.clear(member, through: application.log.head)
        return done(.readingCleared)
    }
}
