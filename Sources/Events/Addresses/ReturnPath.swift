/// A path on this site to return to; no spelling of it leads to another site.
package struct ReturnPath: Hashable, Sendable, LosslessStringConvertible {
    package let description: String

    package init?(_ text: String) {
        let path = text.prefix { $0 != "?" }
        guard text.utf8.count <= 1024, RequestPath.isWellFormed(String(path)),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"#<>\\^`{|}".utf8.contains($0) })
        else { return nil }
        description = text
    }
}
