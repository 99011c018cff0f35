import Accounts
import Events
import Foundation
import HTML
import Processes
import Projections
import SiteMap

/// `/revision/behandlingar`: the register of processing activities (GDPR Art. 30).
struct ProcessingPage: HTMLPage {
    let register: ProcessingRegister
    let controller: Controller
    let siteName: String

    init(register: ProcessingRegister, site: WebEnvironment) {
        self.register = register
        controller = site.controller
        siteName = site.name
    }

    var title: String { "Register över behandlingar" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .processing)
        html.pageHead(
            title,
            lead: "Det register som artikel 30 i dataskyddsförordningen kräver, gjort av hur varje uppgift är märkt."
        ) { $0.buttonLink("Hämta som JSON", to: .processingExport, secondary: true) }
        if !register.unnamed.isEmpty {
            html.notice(
                "Uppgifter behandlas för ändamål som policyn inte nämner: \(register.unnamed.map(\.words).joined(separator: ", ")).",
                .error)
        }
        html.facts { html in
            html.fact("Ansvarig", "\(controller.name), \(controller.organisationNumber), \(controller.address)")
            html.fact("E-post") { $0.link(controller.email, to: ExternalLink(mailTo: controller.email)) }
            html.fact("Policy") {
                let version = register.policy.version.description
                $0.link(version, to: .privacyPolicy(version: version))
            }
            html.fact("Vilka det gäller", "Medlemmar, de som anmäler sig, och besökare")
            html.fact("Mottagare", register.policy.rules.recipients.map(RecipientWords.name).joined(separator: ", "))
            html.fact("Plats", CountryWords.name(of: register.policy.rules.storageCountry))
            html.fact("Skydd", ProcessingPage.safeguards)
        }
        html.h2("Ändamål")
        for activity in register.activities { write(activity, into: &html) }
    }

    static let safeguards =
        "Varje uppgift i loggen är krypterad under en egen nyckel som förstörs vid radering; det som sidorna läser ur och besöksloggen är inte krypterade. Roller, skäl för varje öppning, och en logg som ingen kan ändra."

    private func write(_ activity: ProcessingRegister.Activity, into html: inout HTMLWriter) {
        html.h3(activity.purpose.text)
        html.p("Rättslig grund: \(BasisWords.name(of: activity.purpose.basis)).", class: "meta")
        guard activity.isInUse else {
            html.p("Inga uppgifter behandlas för det här än.")
            return
        }
        if !activity.fields.isEmpty {
            html.table(
                "Uppgifter: \(activity.purpose.text.inSentence)",
                [Column("Uppgift"), Column("Grund"), Column("Hur länge")],
                rows: activity.fields
            ) { field, column, html in
                switch column {
                case 0: html.text(FieldWords.name(of: field))
                case 1: html.text(field.legalBasis.words)
                default: html.text(field.retention.words)
                }
            }
        }
        if !activity.events.isEmpty {
            html.p(
                "Historik utan innehåll, så länge loggen finns: \(activity.events.map(\.name).joined(separator: ", ")).",
                class: "muted")
        }
    }
}

/// The labels of personal data fields in plain Swedish.
enum FieldWords {
    static func name(of field: any ProcessedField) -> String {
        switch field {
        case let personal as PersonalField: personal.words
        case let visit as VisitField: "Besöksloggen: \(visit.words)"
        default: field.rawValue
        }
    }
}

extension VisitField {
    fileprivate var words: String {
        switch self {
        case .time: "tidpunkt"
        case .visit: "besökets slumpade nummer"
        case .member: "medlem, om någon är inloggad"
        case .page: "sida"
        case .status: "hur det gick"
        case .referrer: "varifrån besökaren kom"
        case .device: "enhet och webbläsare"
        case .ipAddress: "IP-adress"
        }
    }
}

/// The labels of the legal bases in the policy's rules.
enum BasisWords {
    static func name(of basis: String) -> String { LegalBasis(rawValue: basis)?.words ?? basis }
}

extension ProcessingRegister {
    /// The register as JSON, with keys in English.
    func json(_ site: WebEnvironment) throws -> [UInt8] {
        let controller = site.controller
        let activities: [[String: Any]] = activities.map { activity in
            [
                "purpose": activity.purpose.id, "text": activity.purpose.text, "legalBasis": activity.purpose.basis,
                "inUse": activity.isInUse,
                "fields": activity.fields.map { field in
                    [
                        "field": field.rawValue, "legalBasis": field.legalBasis.rawValue,
                        "retention": field.retention.rawValue,
                    ]
                },
                "history": activity.events.map(\.name),
            ]
        }
        let register: [String: Any] = [
            "controller": [
                "name": controller.name, "address": controller.address, "email": controller.email,
                "organisationNumber": controller.organisationNumber,
            ],
            "policy": ["version": policy.version.description, "sha256": policy.hash.description],
            "dataSubjects": ["members", "applicants", "visitors"], "recipients": policy.rules.recipients,
            "storageCountry": policy.rules.storageCountry, "unnamedPurposes": unnamed.map(\.rawValue),
            "safeguards": ProcessingPage.safeguards, "activities": activities,
        ]
        return Array(
            try JSONSerialization.data(
                withJSONObject: register, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]))
    }
}
