import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `The receipt of an erasure` {
    @Test func `appears once the erasure is complete, and proves it without naming anybody`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            let token = SecretToken.random()
            try await site.erase(.owner(Owner(member)), receipt: token.receipt)
            let position = site.application.log.head
            try await site.browsing { browser async throws in
                let early = try await browser.get("/kvitto/\(token)")
                #expect(early.status == 200 && early.contains("Raderingen pågår") && !early.contains("tlog-proof"))
                try await site.worker().work()
                let receipt = try await browser.get("/kvitto/\(token)")
                #expect(receipt.status == 200 && receipt.contains("Kvitto på radering"))
                #expect(receipt.contains("händelse \(SwedishNumber.grouped(position))"))
                #expect(receipt["Referrer-Policy"] == "no-referrer")
                #expect(receipt["X-Robots-Tag"] == "noindex, nofollow")
                #expect(receipt["Cache-Control"] == "private, no-store")
                #expect(receipt.cookies.allSatisfy { !$0.contains("\(token)") })
                // The backup retention of the policy that the test publishes.
                let policy = try site.application.accounts.policyInForce(at: site.time.now)
                let lastBackup = site.time.now.adding(policy.rules.retention.backup)
                #expect(receipt.contains("datetime=\"\(lastBackup.machineReadable)\""))
                #expect(!receipt.contains("\(member)"))
                #expect(ErasureSite.canaries.findings(in: Array(receipt.text.utf8), named: "receipt") == [])
                try proves(receipt.text, position, site)
            }
        }
    }

    @Test func `says when the last backup goes that was begun before the erasure`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            let token = SecretToken.random()
            let backups = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: backups) }
            func backUp(_ name: String) async throws {
                _ = try await site.application.log.backUp(
                    to: backups.appending(path: name), by: .operator, at: site.time.now)
            }
            try FileManager.default.createDirectory(at: backups, withIntermediateDirectories: true)
            let begun = site.time.now
            try await backUp("before")
            site.time.advance(by: Period(days: 10))
            try await site.erase(.owner(Owner(member)), receipt: token.receipt)
            try await site.worker().work()
            site.time.advance(by: Period(days: 1))
            try await backUp("after")
            try await site.browsing { browser async throws in
                let receipt = try await browser.get("/kvitto/\(token)")
                #expect(receipt.contains("datetime=\"\(begun.adding(Period(days: 30)).machineReadable)\""))
            }
        }
    }

    /// Verifies the proof copied from the page with only the page and the key.
    private func proves(_ page: String, _ position: Int, _ site: ErasureSite) throws {
        let text = try #require(page.split(separator: "<code>").dropFirst().first?.split(separator: "</code>").first)
        let proof = try EventProof(text: String(text))
        #expect(proof.position == position)
        #expect(proof.proves(leafInput: try #require(try site.application.log.leafInput(ofEventAt: position))))
        let leaf = try #require(try site.application.log.leafInput(ofEventAt: position))
        #expect(page.contains(Hex.encode(TreeHashing.leaf(leaf))))
        let keys = try #require(
            try site.application.log.erasure(withReceipt: TextHash(of: "other")) == nil
                ? site.application.log.events(after: position, limit: 1).first.flatMap { try ErasureCompleted($0) }
                : nil)
        #expect(page.contains(keys.keys.fingerprint.description))
    }

    @Test func `is found by its token alone: every other address is not found, all alike`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            try await site.erase(.owner(Owner(member)), receipt: SecretToken.random().receipt)
            try await site.worker().work()
            try await site.browsing { browser async throws in
                var answers: [String] = []
                for token in ["\(SecretToken.random())", "kort", String(repeating: "å", count: 43), "\(member)"] {
                    let answer = try await browser.get("/kvitto/\(percentEncoded(token))")
                    #expect(answer.status == 404)
                    answers.append(answer.text)
                }
                #expect(Set(answers).count == 1)
            }
        }
    }
}
