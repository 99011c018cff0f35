import Accounts
import Events
import HTML
import SiteMap

/// A staff tab and the roles that may open it; `Routes` decides who is admitted, and a test compares the two.
struct StaffTab: Sendable {
    let label: String
    let page: SiteLink
    let roles: Set<Role>

    private init(_ label: String, _ page: SiteLink, for roles: Set<Role> = [.administrator]) {
        self.label = label
        self.page = page
        self.roles = roles
    }

    /// Only the tabs that at least one of the roles may open.
    static func shown(to roles: Set<Role>) -> [Breadcrumb] {
        all.filter { !$0.roles.isDisjoint(with: roles) }.map { Breadcrumb($0.label, $0.page) }
    }

    private static let moderators: Set<Role> = [.moderator, .administrator]

    private static let all = [
        StaffTab("Översikt", .administration, for: moderators),
        StaffTab("Anmälningar", .moderationQueue(), for: moderators),
        StaffTab("Anmälda meddelanden", .staffReportedMessages(), for: moderators),
        StaffTab("Registreringar", .staffReviews(), for: moderators),
        StaffTab("Ärenden", .staffCases()), StaffTab("Medlemmar", .staffMembers()),
        StaffTab("Sök med uppgifter", .staffSearch), StaffTab("Avslutade", .staffFormerMembers),
        StaffTab("Omprövningar", .staffAppeals), StaffTab("Rättelser", .staffCorrections()),
        StaffTab("Tvåstegsinloggning", .staffTwoFactorResets), StaffTab("Kategorier", .staffCategories),
        StaffTab("Nyhetsbrev", .newsletter()), StaffTab("Mejl", .staffMail()), StaffTab("Besök", .staffVisits),
        StaffTab("Statistik", .statistics), StaffTab("Gallring", .staffRetention),
        StaffTab("Policy och villkor", .staffPolicy), StaffTab("Lagring", .staffStorage),
        StaffTab("Vyer", .staffViews()),
    ]
}
