import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/admin/vyer`: the position of the views, and rebuilding them.
struct ViewsPage: HTMLPage {
    enum Action: String {
        case rebuild = "bygg-om"
        case cancel = "avbryt"
    }

    static let action: FieldName = "atgard"

    let status: ViewsStatus
    let rebuild: ViewsRebuild.State
    /// The files of views as of an earlier time.
    var past: [PastViews.Status] = []
    let refreshesItself: Bool

    var title: String { "Vyer" }

    /// True while a rebuild runs, so that the page is worth reloading.
    var isChanging: Bool { status.rebuild != nil || rebuild.elapsed != nil }

    var staffTab: SiteLink? { .staffViews() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title, lead: "Allt som sidorna visar är framräknat ur loggen och kan byggas om från början när som helst.")
        if let failure = status.failure {
            html.notice(.error) { html in
                html.p("Vyerna har stannat före händelse \(SwedishNumber.grouped(failure.position)), \(failure.type).")
                html.p("Sidorna visar läget fram till dess. Uppgradera programmet eller bygg om vyerna.")
            }
        }
        outcome(into: &html)
        html.facts { html in
            html.fact("Generation", SwedishNumber.grouped(status.generation))
            html.fact("Har nått händelse", SwedishNumber.grouped(status.position))
            html.fact("Loggens senaste händelse", SwedishNumber.grouped(status.head))
        }
        html.h2("Bygg om vyerna")
        if isChanging { progress(into: &html) } else { start(into: &html) }
        if !past.isEmpty { earlier(into: &html) }
    }

    private func earlier(into html: inout HTMLWriter) {
        html.h2("Tidigare lägen")
        html.p(
            "Filer som visar webbplatsen som den var. De öppnas och tas bort från kommandoraden på servern, och raderingar når dem."
        )
        html.table(
            "Tidigare lägen", [Column("Visar"), Column("Till händelse"), Column("Storlek"), Column("Fil")], rows: past
        ) { file, column, html in
            switch column {
            case 0: html.exactTime(file.time)
            case 1: html.text(SwedishNumber.grouped(file.position))
            case 2: html.text(SwedishNumber.bytes(file.bytes))
            default: html.text(file.name)
            }
        }
    }

    private func start(into html: inout HTMLWriter) {
        html.p(
            "En ny generation byggs bredvid den som används och tar över när den är klar. Ingen märker något under tiden."
        )
        html.form(post: .staffViews()) { html in
            html.actions { $0.submit("Bygg om vyerna", choice: (ViewsPage.action, Action.rebuild.rawValue)) }
        }
    }

    private func progress(into html: inout HTMLWriter) {
        html.buildProgress(
            "Bygger om", id: "rebuild", status.rebuild ?? RebuildProgress(done: 0, total: status.head),
            after: rebuild.elapsed)
        html.p { html in
            html.link("Uppdatera nu", to: .staffViews())
            guard refreshesItself else { return }
            html.text(" Sidan uppdateras av sig själv varannan sekund. ")
            html.link("Sluta uppdatera", to: .staffViews(refreshing: false))
        }
        guard rebuild.elapsed != nil else {
            html.p("Ombyggnaden startades från kommandoraden och avbryts där.", class: "muted")
            return
        }
        html.form(post: .staffViews()) { html in
            html.actions { $0.submit("Avbryt", .secondary, choice: (ViewsPage.action, Action.cancel.rawValue)) }
        }
    }

    private func outcome(into html: inout HTMLWriter) {
        switch rebuild.last {
        case .rebuilt(let rebuilt)?:
            let seconds = max(1, Int(rebuilt.seconds.rounded()))
            html.notice(
                "Generation \(rebuilt.generation) är i bruk: \(SwedishNumber.spelled(rebuilt.events, "en händelse", "händelser")) på \(SwedishNumber.spelled(seconds, "en sekund", "sekunder")).",
                .success)
        case .cancelled?: html.notice("Ombyggnaden avbröts. De vyer som fanns används vidare.")
        case .refused?: html.notice("En ombyggnad pågick redan.", .warning)
        case .failed(let reason)?: html.notice("Ombyggnaden misslyckades: \(reason)", .error)
        case nil: break
        }
    }
}
