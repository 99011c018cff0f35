import CHTML

/// Converts HTML to plain text, in lines as a person would see them, with libxml2's parser.
enum HTMLText {
    /// - Parameter charset: from the part's header; if nil, a charset declared in the HTML is used.
    static func plain(_ bytes: [UInt8], charset: String?) -> String {
        plain(MailCharset.text(bytes, named: charset ?? declaredCharset(bytes)))
    }

    /// Whether text labelled as plain is an HTML page.
    static func isMeant(_ text: String) -> Bool {
        text.prefix(200).prefixMatch(of: /(?i)\s*<(?:!doctype html|html)[\s>]/) != nil
    }

    static func plain(_ html: String) -> String {
        let writer = HTMLTextWriter()
        // Outlook's conditional markers, which are not HTML comments: `<![if !supportLists]>`
        let html = html.replacing(/<!\[(?:if|endif)[^>]{0,200}\]>/, with: "")
        // The parser stops at a NUL byte.
        var bytes = html.utf8.filter { $0 != 0 }.map { CChar(bitPattern: $0) }
        bytes.append(0)
        withExtendedLifetime(writer) {
            var reader = chtml_reader(
                context: Unmanaged.passUnretained(writer).toOpaque(),
                start: { context, name, attributes in
                    guard let name else { return }
                    HTMLTextWriter.of(context)?.start(
                        String(cString: name), attributes: HTMLText.attributes(attributes))
                },
                end: { context, name in
                    guard let name else { return }
                    HTMLTextWriter.of(context)?.end(String(cString: name))
                },
                characters: { context, text, count in
                    let bytes = UnsafeRawBufferPointer(start: text, count: Int(max(count, 0)))
                    HTMLTextWriter.of(context)?.add(String(decoding: bytes, as: UTF8.self))
                })
            chtml_read(bytes, bytes.count - 1, &reader)
        }
        return writer.text
    }

    /// The attributes whose values are text or URLs.
    private static func attributes(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> [String: String] {
        guard var next = list else { return [:] }
        var attributes: [String: String] = [:]
        while let name = next.pointee {
            let key = String(cString: name)
            if ["href", "alt"].contains(key), let value = next[1] { attributes[key] = String(cString: value) }
            next += 2
        }
        return attributes
    }

    /// The charset declared in `<meta charset=…>`, or in the `http-equiv` form.
    private static func declaredCharset(_ bytes: [UInt8]) -> String? {
        let start = String(decoding: bytes.prefix(2048).map { $0 < 0x80 ? $0 : 0x20 }, as: UTF8.self)
        return start.firstMatch(of: /(?i)<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_.:-]{1,40})/).map { String($0.1) }
    }
}
