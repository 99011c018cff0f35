import Events
import HTML
import Processes

extension FieldName {
    fileprivate static var facts: FieldName { DecisionPage.facts }
}

extension Form {
    mutating func requireFacts() -> UnaskedMeasure.Facts? {
        require(.facts, "Skriv vad som har hänt, med högst 4 000 tecken.") { UnaskedMeasure.Facts($0) }
    }
}

extension HTMLWriter {
    /// Asks what has happened, for the mail to the author.
    /// - Parameter optional: whether the form offers a reason for which no mail is sent.
    mutating func facts(in form: Form, optional: Bool = false) {
        textarea(
            .facts, "Vad har hänt, och hur har du resonerat?", in: form,
            hint: optional
                ? "Mejlas till den som skrev. Lämnas tomt när det är hon eller han som vill ha texten raderad."
                : "Mejlas till den som skrev.", optional: optional, maxLength: 4000, rows: 4)
    }
}
