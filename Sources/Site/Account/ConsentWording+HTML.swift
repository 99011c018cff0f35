import Accounts
import Events
import HTML
import Processes
import SiteMap

extension HTMLWriter {
    /// The checkboxes for accepting the two texts, with hidden fields for their versions.
    mutating func acceptance(of wording: ConsentWording, in form: Form) {
        let (policy, terms) = (wording.policyVersion.description, wording.termsVersion.description)
        hiddenAsOpened(.policyVersion, policy)
        hiddenAsOpened(.termsVersion, terms)
        statement(wording.policy, about: .privacyPolicy(version: policy), at: .policy, in: form)
        statement(wording.terms, about: .memberTerms(version: terms), at: .terms, in: form)
    }

    private mutating func statement(
        _ statement: ConsentWording.Statement, about page: SiteLink, at field: FieldName, in form: Form
    ) {
        checkbox(field, in: form) { html in
            html.text(statement.before)
            html.link(statement.link, to: page)
            html.text(statement.after)
        }
    }
}
