/// XML for programs, such as feeds; texts and attribute values are escaped as in HTML.
extension HTMLWriter {
    package typealias XMLAttributes = KeyValuePairs<StaticString, String>

    package mutating func xmlDeclaration() { raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n") }

    package mutating func xml(
        _ name: StaticString, _ attributes: XMLAttributes = [:], content: (inout HTMLWriter) -> Void
    ) {
        open(name, attributes)
        raw(">")
        content(&self)
        raw("</")
        raw(name)
        raw(">")
    }

    package mutating func xml(_ name: StaticString, text: String) { xml(name) { $0.text(text) } }

    /// An element without content.
    package mutating func emptyXML(_ name: StaticString, _ attributes: XMLAttributes) {
        open(name, attributes)
        raw("/>")
    }

    private mutating func open(_ name: StaticString, _ attributes: XMLAttributes) {
        raw("<")
        raw(name)
        for (name, value) in attributes {
            raw(" ")
            raw(name)
            raw("=\"")
            text(value)
            raw("\"")
        }
    }
}
