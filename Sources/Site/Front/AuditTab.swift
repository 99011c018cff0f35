import Events
import HTML
import SiteMap

/// The tabs of the auditors' pages.
enum AuditTab {
    static let all = [
        Breadcrumb("Översikt", .audit), Breadcrumb("Granskningslogg", .auditTrail()),
        Breadcrumb("Efterlevnad", .conformance), Breadcrumb("Behandlingar", .processing),
        Breadcrumb("Bevaranden", .holds), Breadcrumb("Kontrollpunkter", .checkpoints),
    ]
}
