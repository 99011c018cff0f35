import Crypto
package import Events
import Foundation

/// The secret with which a program on another machine reads `/metrics`; stored and compared as a digest, in constant time.
package struct MetricsToken: Sendable {
    private static let shortest = 16
    private let digest: SHA256Digest

    /// - Parameter path: a file with one line.
    /// - Throws: `ConfigurationError`.
    package init(file path: String) throws(ConfigurationError) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError("metrics.tokenFile: the file \(path) cannot be read")
        }
        let token = text.trimmingCharacters(in: .newlines)
        guard token.utf8.count >= MetricsToken.shortest else {
            throw ConfigurationError(
                "metrics.tokenFile: the token in \(path) must have at least \(MetricsToken.shortest) characters")
        }
        digest = SHA256.hash(data: Array(token.utf8))
    }

    /// - Parameter field: the value of `Authorization`.
    func isShown(in field: String) -> Bool {
        let words = field.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
        // Constant time: comparing digests takes equally long wherever they differ.
        return SHA256.hash(data: Array(words[1].utf8)) == digest
    }
}
