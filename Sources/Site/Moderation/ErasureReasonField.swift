import Events
import HTML
import Processes

extension FieldName {
    static let erasureReason: FieldName = "radera-for"
}

extension HTMLWriter {
    /// Asks why a text is erased for good.
    mutating func erasureReason(in form: Form) {
        select(
            .erasureReason, "Skäl", in: form,
            options: TextErasureReason.allCases.map { (value: $0.rawValue, label: $0.words) }, prompt: "Välj skäl",
            hint: "Skälet sparas i granskningsloggen, utan texten.")
    }
}
