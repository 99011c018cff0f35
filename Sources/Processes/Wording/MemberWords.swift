package import Accounts
package import Projections

extension Sex {
    package var words: String {
        switch self {
        case .female: "Kvinna"
        case .male: "Man"
        }
    }
}

extension CorrectedField {
    package var swedish: String {
        switch self {
        case .name: "namn"
        case .sex: "kön"
        case .personalIdentityNumber: "personnummer"
        }
    }
}

extension SessionsEndedReason {
    /// In the middle of a sentence.
    package var words: String {
        switch self {
        case .intrusion: "någon annan kan ha varit inloggad på kontot"
        case .lostDevice: "en enhet har kommit bort"
        case .requested: "du bad om det"
        }
    }
}

/// The name that stands for a member in running text.
///
/// - Parameter viewpoint: what visitors may read everybody may.
package func shownName(_ member: PublicMember, from viewpoint: Viewpoint = Viewpoint(.visitor, in: .forum)) -> String {
    switch viewpoint.sight(of: .username, of: member.state) {
    case .shown: member.username ?? ""
    case .formerMember: "Tidigare medlem"
    case .unknown: "Uppgift saknas"
    case .nothing: ""
    }
}

extension PublicMember {
    /// `moa (moderator)`, in the middle of a text; no username has a parenthesis.
    package var nameWithRole: String {
        guard username != nil, let role else { return shownName(self) }
        return "\(shownName(self)) (\(RoleWords.name(of: role)))"
    }
}
