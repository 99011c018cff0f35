import Accounts

/// The policy's visibility rules, written down independently of the program (P-08.7, P-11.1, P-11.2, P-16.2).
///
/// Each line: the member's state, the field, the places where everybody sees it, and after the bar those where members and staff do. A
/// place not listed shows the field to no reader. `=unknown` is "Uppgift saknas", `=former` is "Tidigare medlem".
enum VisibilityTable {
    private static let lines = """
        active       username      forum feed                  | profile directory search metaTags
        active       municipality                              | profile directory search
        active       name                                      | profile directory search
        active       age                                       | profile
        active       sex                                       | profile
        hidden       username      forum feed                  | profile directory search metaTags
        hidden       municipality                              | profile directory search
        protected    username      forum feed                  | profile directory search metaTags
        protected    municipality                              | profile=unknown directory=unknown search=unknown
        deactivated  username      forum=former feed=former    |
        closed       username      forum=former feed=former    |
        purged       username      forum=former feed=former    |
        """

    static func sight(
        of field: ProfileField, of person: PersonState, to viewer: Viewer, in place: VisibilityPlace
    ) -> Sight {
        for line in lines.split(separator: "\n") {
            let halves = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.split(separator: " ") }
            guard halves[0][0] == "\(person)", halves[0][1] == "\(field)" else { continue }
            let seesAsVisitor = viewer == .visitor || viewer == .unconfirmed
            for entry in halves[0].dropFirst(2) + (seesAsVisitor ? [] : halves[1]) {
                let parts = entry.split(separator: "=")
                guard parts[0] == "\(place)" else { continue }
                return parts.count == 1 ? .shown : parts[1] == "unknown" ? .unknown : .formerMember
            }
        }
        return .nothing
    }
}
