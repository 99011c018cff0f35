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
    /// The reason inside a sentence.
    package var words: String {
        switch self {
        case .intrusion: "någon annan kan ha varit inloggad på kontot"
        case .lostDevice: "en enhet har kommit bort"
        case .requested: "du bad om det"
        }
    }
}

/// The name shown for a member in running text.
///
/// - Parameter viewpoint: by default a visitor's, whose view everyone may have.
package func shownName(_ member: PublicMember, from viewpoint: Viewpoint = Viewpoint(.visitor, in: .forum)) -> String {
    switch viewpoint.sight(of: .username, of: member.state) {
    case .shown: member.username ?? ""
    case .formerMember: "Tidigare medlem"
    case .unknown: "Uppgift saknas"
    case .nothing: ""
    }
}

extension PublicMember {
    /// `moa (moderator)`, for use inside a text; no username contains a parenthesis.
    package var nameWithRole: String {
        guard username != nil, let role else { return shownName(self) }
        return "\(shownName(self)) (\(RoleWords.name(of: role)))"
    }
}
