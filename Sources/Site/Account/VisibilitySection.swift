import Accounts
import Events
import HTML
import Processes
import SiteMap

/// The two switches that show data to other members, each with an example of what they will see (P-11.2).
struct VisibilitySection: Sendable {
    let own: OwnData
    let rules: PolicyRules

    /// The switches that the policy in force has.
    private var switches: [VisibilityWording] {
        ConsentPurpose.allCases.filter(rules.asks).compactMap(VisibilityWording.init)
    }

    private var identity: Identity? { own.account.identity.value.value }

    private var lock: String? {
        if own.account.isProtected {
            return "Din identitet är skyddad. \(switchesAre) i avstängt läge."
        }
        guard identity?.isOldEnough(on: own.today) == true else {
            let age = RegistrationRules.lowestAge
            return "Du är under \(age) år. \(switchesAre) i avstängt läge tills du fyller \(age)."
        }
        return nil
    }

    private var switchesAre: String { switches.count > 1 ? "Båda reglagen är låsta" : "Reglaget är låst" }

    func write(into html: inout HTMLWriter) {
        html.p(
            rules.fields.alwaysVisibleToMembers.contains(.municipality)
                ? "Alla ser ditt användarnamn. Inloggade medlemmar ser också din kommun, om du har angett den och inte har skyddad identitet."
                : "Alla ser ditt användarnamn.")
        guard !switches.isEmpty else { return }
        if let lock { html.notice(lock) }
        for wording in switches { write(wording, into: &html) }
    }

    private func write(_ wording: VisibilityWording, into html: inout HTMLWriter) {
        let isOn = own.account.consents.contains(wording.purpose)
        html.h3(wording.heading)
        html.p { html in
            html.element(.strong, text: isOn ? "På." : "Av.")
            html.text(" " + wording.explanation)
        }
        html.element(.div, class: "preview") { html in
            html.element(
                .h4, text: isOn ? "Så här ser andra medlemmar dig nu" : "Så här skulle andra medlemmar se dig")
            example(of: wording.purpose, into: &html)
        }
        guard lock == nil || isOn else { return }
        html.p(wording.warning)
        html.form(post: .answerConsent) { html in
            html.hidden(.consentPurpose, wording.purpose.rawValue)
            html.hidden(.consentAnswer, (isOn ? ConsentChoice.no : .yes).rawValue)
            html.actions { $0.submit(isOn ? wording.switchOff : wording.switchOn, .secondary) }
        }
    }

    private func example(of purpose: ConsentPurpose, into html: inout HTMLWriter) {
        guard let identity else { return html.p("Uppgift saknas") }
        let username = identity.username.text
        var shown: [String] = []
        if purpose == .visibleName || rules.asks(.visibleName) && own.account.consents.contains(.visibleName) {
            shown.append(identity.name.text)
        }
        if rules.fields.alwaysVisibleToMembers.contains(.municipality) {
            shown.append(own.account.municipality?.value.value?.name ?? "Uppgift saknas")
        }
        if purpose == .visibleAgeAndSex
            || rules.asks(.visibleAgeAndSex) && own.account.consents.contains(.visibleAgeAndSex)
        {
            let age = identity.number.birthDate.wholeYears(until: own.today)
            shown.append("\(age) år, \(identity.sex.words.lowercased())")
        }
        html.div(class: "profile-head") { html in
            html.avatar(Avatar(of: own.member, named: username))
            html.div { html in
                html.p { $0.element(.strong, text: username) }
                html.p(shown.joined(separator: " · "), class: "meta")
            }
        }
    }
}
