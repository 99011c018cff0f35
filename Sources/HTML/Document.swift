package import Events

/// What only a complete document contains; `script` and `style` take no typed text.
extension HTMLWriter {
    package mutating func doctype() { raw("<!doctype html>\n") }

    package mutating func charset() { raw("<meta charset=\"utf-8\">") }

    package mutating func meta(_ name: StaticString, _ content: String) {
        raw("<meta name=\"")
        raw(name)
        raw("\" content=\"")
        text(content)
        raw("\">")
    }

    package mutating func stylesheet(_ page: SiteLink) {
        raw("<link rel=\"stylesheet\" href=\"")
        text(page.url)
        raw("\">")
    }

    /// A script that runs after the document is read.
    package mutating func script(_ page: SiteLink) {
        raw("<script src=\"")
        text(page.url)
        raw("\" defer></script>")
    }

    /// Rules of style, for a document that loads nothing.
    package mutating func style(_ rules: StaticString) {
        raw("<style>\n")
        raw(rules)
        raw("\n</style>")
    }
}
