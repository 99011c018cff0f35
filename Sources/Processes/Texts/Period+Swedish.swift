package import Events
import HTML

extension Period {
    /// For running text: `48 timmar`, `ett år`, `sex månader och två dagar`.
    package var swedish: String {
        parts.map { SwedishNumber.spelled($0.count, "\($0.article) \($0.one)", $0.many) }.swedishList
    }

    /// For tables: `48 timmar`, `1 år`, `6 månader och 2 dagar`.
    package var swedishInFigures: String {
        parts.map { SwedishNumber.counted($0.count, $0.one, $0.many) }.swedishList
    }

    private var parts: [(count: Int, article: String, one: String, many: String)] {
        [
            (years, "ett", "år", "år"), (months, "en", "månad", "månader"), (days, "en", "dag", "dagar"),
            (hours, "en", "timme", "timmar"), (minutes, "en", "minut", "minuter"),
            (seconds, "en", "sekund", "sekunder"),
        ].filter { $0.count > 0 }
    }
}
