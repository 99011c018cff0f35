extension MailReading {
    /// Parses a mail with GMime in the current process: for the reader process, and for tests.
    package init(parsing bytes: [UInt8]) {
        let mended = MendedMail(bytes)
        guard let message = MIMEMessage(mended.bytes) else { return }
        withExtendedLifetime(message) {
            fields = message.fields
            if let root = message.root { read(root, of: mended) }
        }
    }

    private mutating func read(_ root: MIMEPart, of mail: MendedMail) {
        type = root.type
        reportType = root.parameter("report-type")
        if type == "multipart/report" { deliveryStatus = MailReading.deliveryStatus(in: root) }
        var collector = MailTextCollector()
        collector.read(root, isRoot: true)
        if !collector.hasText, collector.leftOut.isEmpty, root.isMultipart, root.children.isEmpty {
            collector.add(mail.bareBody)
        }
        text = collector.text
        leftOut = collector.leftOut
    }

    /// The status part among the report's direct children.
    private static func deliveryStatus(in report: MIMEPart) -> String? {
        let types = ["message/delivery-status", "message/global-delivery-status"]
        let part = report.children.prefix(MailBounds.parts).first { types.contains($0.type) }
        return part.map { part in
            let text = String(decoding: part.content, as: UTF8.self)
            return String(text.unicodeScalars.prefix(MailBounds.deliveryStatus))
        }
    }
}
