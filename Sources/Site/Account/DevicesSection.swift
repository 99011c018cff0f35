import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// Browsers in which the member has signed in before; failed attempts elsewhere do not block signing in from them (P-08.6).
struct DevicesSection: Sendable {
    let devices: [KnownDevice]
    let here: [KnownDevice.ID]
    /// Nil when the policy in force does not define known devices.
    let keptFor: Period?

    func write(into html: inout HTMLWriter) {
        html.h3("Kända enheter", id: "enheter")
        guard let keptFor else {
            return html.p("Vi känner inte igen enheter enligt den policy som gäller nu.", class: "muted")
        }
        html.p(
            "Här har du loggat in eller valt lösenord. Försöker någon annan gissa ditt lösenord kommer du in på de här enheterna ändå. En enhet glöms \(keptFor.swedish) efter att du senast loggade in på den."
        )
        guard !devices.isEmpty else { return html.p("Vi känner inte igen någon enhet.", class: "muted") }
        html.table(
            "Kända enheter", [Column("Enhet"), Column("Känd sedan"), Column("Senaste inloggning"), Column("Glöm")],
            rows: devices
        ) { device, column, html in
            switch column {
            case 0:
                html.text(device.name)
                if here.contains(device.id) { html.tag("Den här enheten") }
            case 1: html.time(device.created)
            case 2: html.time(device.seen)
            default: forget(device, into: &html)
            }
        }
    }

    private func forget(_ device: KnownDevice, into html: inout HTMLWriter) {
        html.form(post: .endSessions, class: "inline") { html in
            html.hidden(.forgottenDevice, String(device.id))
            html.element(.button, class: "link", .label("Glöm \(device.name)"), text: "Glöm")
        }
    }
}

extension FieldName {
    static let forgottenDevice: FieldName = "enhet"
}

extension SettingsController {
    func devices(of member: MemberID, _ context: SiteContext) throws -> DevicesSection {
        let site = context.visit.site
        let limit = try application.deviceLimit(at: context.now)
        return DevicesSection(
            devices: try site.devices.list(of: member).filter { device in limit.map { device.seen > $0 } ?? false },
            here: try site.devices.find(context.visit.device.tokens, seenAfter: limit).map(\.id),
            keptFor: try application.accounts.policyInForce(at: context.now).rules.knownDevice)
    }

    /// Forgets the device without ending a session; removes the cookie when none of its tokens is known any more.
    func forget(_ device: KnownDevice.ID, of member: MemberID, _ context: SiteContext) throws -> Response {
        let site = context.visit.site
        try site.devices.forget(device, of: member)
        var response = done(.deviceForgotten)
        if try !context.visit.device.tokens.isEmpty
            && site.devices.find(context.visit.device.tokens, seenAfter: application.deviceLimit(at: context.now))
                .isEmpty
        {
            response.headers.append(context.visit.device.setting(seconds: 0))
        }
        return response
    }
}
