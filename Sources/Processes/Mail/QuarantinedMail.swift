import Events
package import Foundation

/// Mail that was due before the site was restored: it is unknown which of it was sent, so it waits until an administrator releases it.
///
/// Stored as a file in the data directory, so that the restore and the command do not touch files that the running site writes.
package struct QuarantinedMail: Sendable {
    private let file: URL

    package init(in data: URL) { file = data.appending(path: "mail-held") }

    /// The position up to which events' mails are quarantined; nil if there is no quarantine.
    package var through: Int? {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .max
    }

    package func hold(through position: Int) throws { try Data("\(position)\n".utf8).write(to: file, options: .atomic) }

    /// - Returns: whether there was a quarantine.
    package func release() throws -> Bool {
        guard FileManager.default.fileExists(atPath: file.path) else { return false }
        try FileManager.default.removeItem(at: file)
        return true
    }
}
