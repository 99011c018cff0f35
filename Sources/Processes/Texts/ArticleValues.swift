import HTML

/// The values of placeholders such as `{{controller.name}}` in the site's texts; unknown placeholders stay, so that they are noticed.
package struct ArticleValues: Sendable {
    private var values: [String: String] = [:]
    private var email: String?

    package init() {}

    package init(siteName: String, controller: Controller, verifierKey: String? = nil) {
        values = [
            "site.name": siteName, "controller.name": controller.name, "controller.address": controller.address,
            "controller.organisationNumber": controller.organisationNumber,
        ]
        values["log.verifierKey"] = verifierKey
        email = controller.email
    }

    /// The text with its placeholders replaced; the e-mail address becomes a link.
    package func filled(_ text: String) -> [Article.Inline] {
        var inlines: [Article.Inline] = []
        var plain = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            plain += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end.lowerBound])
            if name == "controller.email", let email {
                if !plain.isEmpty { inlines.append(.text(plain)) }
                inlines.append(.link(.elsewhere(ExternalLink(mailTo: email)), [.text(email)]))
                plain = ""
            } else {
                plain += values[name] ?? "{{\(name)}}"
            }
            rest = rest[end.upperBound...]
        }
        plain += rest
        if !plain.isEmpty { inlines.append(.text(plain)) }
        return inlines
    }
}
