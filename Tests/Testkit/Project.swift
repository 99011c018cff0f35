package import Foundation

/// The root directory of the project.
package let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// The tax agency's test numbers.
package enum AgencyNumbers {
    /// All numbers, twelve digits each.
    package static var all: [String] { get throws { try read.get() } }

    /// The numbers of adults.
    package static var adults: [String] {
        get throws {
            let years = (1950...2004).map(String.init)
            return try all.filter { number in years.contains { number.hasPrefix($0) } }
        }
    }

    private static let read = Result {
        let file = project.appending(path: "Fixtures/test-personal-identity-numbers.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
