package import Events
import HTML

extension Period {
    /// `48 timmar`, `1 år`, `6 månader och 2 dagar`.
    package var swedish: String {
        let parts = [
            (years, "år", "år"), (months, "månad", "månader"), (days, "dag", "dagar"), (hours, "timme", "timmar"),
            (minutes, "minut", "minuter"), (seconds, "sekund", "sekunder"),
        ]
        .filter { $0.0 > 0 }.map { SwedishNumber.counted($0.0, $0.1, $0.2) }
        return parts.formattedAsList
    }
}

extension [String] {
    /// `a, b och c`
    fileprivate var formattedAsList: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " och " + last
    }
}
