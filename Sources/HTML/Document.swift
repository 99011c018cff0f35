package import Events

/// What only a complete document contains; scripts and rules of style take no typed text.
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

    /// A property of the Open Graph protocol, which programs show as a preview of a link.
    package mutating func property(_ name: StaticString, _ content: String) {
        raw("<meta property=\"")
        raw(name)
        raw("\" content=\"")
        text(content)
        raw("\">")
    }

    /// The full address under which search engines list the page.
    package mutating func canonical(_ url: String) {
        raw("<link rel=\"canonical\" href=\"")
        text(url)
        raw("\">")
    }

    /// An Atom feed of what the page lists.
    package mutating func feed(_ title: String, _ page: SiteLink) {
        raw("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"")
        text(title)
        raw("\" href=\"")
        text(page.url)
        raw("\">")
    }

    /// The icon of the window, as a drawing for browsers that take one, and as a picture for the others and for home screens.
    package mutating func icons(drawing: SiteLink, picture: SiteLink, touch: SiteLink) {
        raw("<link rel=\"icon\" sizes=\"32x32\" href=\"")
        text(picture.url)
        raw("\"><link rel=\"icon\" type=\"image/svg+xml\" href=\"")
        text(drawing.url)
        raw("\"><link rel=\"apple-touch-icon\" href=\"")
        text(touch.url)
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
