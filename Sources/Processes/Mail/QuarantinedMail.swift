import Events
package import Foundation

/// Mail that was due before the site was restored: nobody knows what of it was sent, so it waits until an administrator lets it go.
///
/// A file in the data directory, so that the restoration and the command need not touch what the running site writes to.
package struct QuarantinedMail: Sendable {
    private let file: URL

    package init(in data: URL) { file = data.appending(path: "mail-held") }

    /// Mails asked for by events up to this position wait; nil when none do.
    package var through: Int? {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .max
    }

    package func hold(through position: Int) throws { try Data("\(position)\n".utf8).write(to: file, options: .atomic) }

    /// - Returns: whether any were held.
    package func release() throws -> Bool {
        guard FileManager.default.fileExists(atPath: file.path) else { return false }
        try FileManager.default.removeItem(at: file)
        return true
    }
}
