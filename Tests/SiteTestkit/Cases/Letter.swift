import Events
import Foundation
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A mail as a personal mail program writes it.
struct Letter {
    var sender = "Ute <ute@example.se>"
    var subject = "Öppettider"
    var text = "När har ni öppet?"
    var type = "text/plain; charset=utf-8"
    var fields: [String] = []

    var words: String {
        (["From: \(sender)", "To: info@example.org", "Subject: \(subject)"] + fields
            + ["Content-Type: \(type)", "", text, ""]).joined(separator: "\n")
    }
}

extension CaseSite {
    func receive(_ letter: Letter) async throws { try await receive(letter.words) }

    /// The number of cases that are not closed.
    func openCases() async throws -> Int {
        try await catchUp()
        return try application.views.cases.open(Set(CaseMatter.allCases)).count
    }
}
