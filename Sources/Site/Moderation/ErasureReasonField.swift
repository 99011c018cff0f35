import Events
import HTML
import Processes

extension FieldName {
    static let erasureReason: FieldName = "radera-for"
}

extension HTMLWriter {
    /// Asks why a text is erased for good.
    mutating func erasureReason(in form: Form, of reasons: [TextErasureReason] = TextErasureReason.ofTexts) {
        select(
            .erasureReason, "Skäl", in: form,
            options: reasons.map { (value: $0.rawValue, label: $0.words) }, prompt: "Välj skäl",
            hint: "Skälet sparas i granskningsloggen, utan texten.")
    }
}

extension Form {
    /// The reason, when it is one of those that the form offers.
    mutating func requireErasureReason(
        _ message: String, of reasons: [TextErasureReason] = TextErasureReason.ofTexts
    ) -> TextErasureReason? {
        guard let reason = require(.erasureReason, message, of: TextErasureReason.self) else { return nil }
        guard reasons.contains(reason) else {
            note(message, at: .erasureReason)
            return nil
        }
        return reason
    }
}
