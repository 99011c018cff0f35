package import Events

/// The policy, the views and the operation of the site.
extension Address {
    package static let staffPolicy = Address("/admin/policy", for: .administrators)
    package static let staffPolicyPreview = Address("/admin/policy/granskning", for: .administrators)
    package static let staffViews = Address("/admin/vyer", for: .administrators)
    package static let staffMail = Address("/admin/mejl", for: .administrators)
    package static let statistics = Address("/admin/statistik", for: .administrators)
    package static let staffVisits = Address("/admin/besok", for: .administrators)
    package static let staffRetention = Address("/admin/gallring", for: .administrators)
    package static let staffStorage = Address("/admin/lagring", for: .administrators)
    package static let sitemap = Address("/sitemap.xml", gate: .open)
    package static let robots = Address("/robots.txt", gate: .open)
    package static let asset = Address("/tillgang/{name}", gate: .open, past: .asUsual)
    /// Requested by browsers without being named in a page.
    package static let favicon = Address("/favicon.ico", gate: .open, past: .asUsual)
    package static let touchIcon = Address("/apple-touch-icon.png", gate: .open, past: .asUsual)
    package static let health = Address("/healthz", gate: .open, past: .asUsual)
    package static let readiness = Address("/readyz", gate: .open)
    package static let metrics = Address("/metrics", gate: .open)

    static let operationAddresses: [Address] = [
        .staffPolicy, .staffPolicyPreview, .staffViews, .staffMail, .statistics, .staffVisits, .staffRetention,
        .staffStorage, .sitemap, .robots, .asset, .favicon, .touchIcon, .health, .readiness, .metrics,
    ]
}

extension SiteLink {
    package static var staffPolicy: SiteLink { Address.staffPolicy.link() }
    package static func writeVersion(_ kind: TextKind) -> SiteLink {
        Address.staffPolicy.link().with(.writing, kind.rawValue)
    }
    package static func versionPublished(_ kind: TextKind, _ version: CalendarDate) -> SiteLink {
        Address.staffPolicy.link().with(.done, kind.rawValue).with(.version, version.description)
    }
    package static func staffPolicyPreview(refreshing: Bool = true) -> SiteLink {
        Address.staffPolicyPreview.link().with(.refresh, refreshing ? nil : "nej")
    }
    /// The page reloads itself while views are being built, unless `refreshing` is false.
    package static func staffViews(refreshing: Bool = true) -> SiteLink {
        Address.staffViews.link().with(.refresh, refreshing ? nil : "nej")
    }
    package static func staffMail(after change: MailChange? = nil) -> SiteLink {
        Address.staffMail.link().with(.done, change?.rawValue)
    }
    package static var statistics: SiteLink { Address.statistics.link() }
    package static var staffVisits: SiteLink { Address.staffVisits.link() }
    package static var staffRetention: SiteLink { Address.staffRetention.link() }
    package static var staffStorage: SiteLink { Address.staffStorage.link() }
    package static var sitemap: SiteLink { Address.sitemap.link() }
    package static var robots: SiteLink { Address.robots.link() }
    package static func asset(named name: String) -> SiteLink { Address.asset.link(name) }
    package static var favicon: SiteLink { Address.favicon.link() }
    package static var touchIcon: SiteLink { Address.touchIcon.link() }
    package static var health: SiteLink { Address.health.link() }
    package static var readiness: SiteLink { Address.readiness.link() }
    package static var metrics: SiteLink { Address.metrics.link() }
}
