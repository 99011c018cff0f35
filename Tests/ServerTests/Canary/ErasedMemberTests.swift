import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `A member with unmistakable values` {
    @Test(arguments: TextsChoice.allCases)
    func `is found by every value before the purge, and by none after it`(texts: TextsChoice) async throws {
        let life = try await CanaryLife.lived(texts)
        let search = life.search
        // Every value is found before the erasure, except those never written, which are searched for all the same.
        let found = try [life.joined, life.alive, life.closed].reduce(into: Set<String>()) { found, place in
            found.formUnion(try search.findings(in: place.data).map(\.canary))
        }
        for name in search.names where !name.hasPrefix("never written") { #expect(found.contains(name), "\(name)") }
        for name in search.names where name.hasPrefix("never written") { #expect(!found.contains(name), "\(name)") }

        let others = try OtherMembers(in: life.closed.data, excluding: life)
        try await CanarySite.opened(life.closed, at: CanaryLife.purgeTime) { site async throws in
            try await site.eraseWhatIsDue()
            #expect(try site.unfinishedErasures == 0)
            #expect(try search.findings(in: life.closed.data) == [])
            #expect(try OtherMembers(in: life.closed.data, excluding: life) == others)
            try await site.expectForgotten(life)
            try await life.expectProofsHold(on: site)
        }
        #expect(try search.findings(in: life.closed.data) == [])
        #expect(try life.opened(in: life.closed) == (texts == .erase ? 0 : 2))
    }

    /// Mail that was sent is beyond the reach of erasure, so mails must contain no more than they need: the recipient's address, and for
    /// the member herself the answers to her, under the id of her mail, and the decisions about her. The confirmation of the erasure
    /// contains only an address.
    @Test(.clause("P-15.2")) func `is mailed nothing else of hers than her addresses and what was decided about her`()
        async throws
    {
        let life = try await CanaryLife.lived(.anonymise)
        let alive = try life.fieldsInMail()
        #expect(alive.contains(.emailAddress))
        #expect(
            alive.isSubset(
                of: [
                    .emailAddress, .statementRule, .statementFacts, .caseReply, .caseRule, .caseReasons, .caseMailID,
                ]))
        try FileManager.default.removeItem(at: life.closed.mail)
        try await CanarySite.opened(life.closed, at: CanaryLife.purgeTime) { try await $0.eraseWhatIsDue() }
        let last = try life.fieldsInMail()
        #expect(last == [.emailAddress])
    }

    @Test(.clause("P-16.2")) func `is shown by name before she leaves, where nobody's name stands afterwards`()
        async throws
    {
        let life = try await CanaryLife.lived(.anonymise)
        try await CanarySite.opened(life.alive, at: TestClock(CanaryLife.start.adding(Period(days: 9)))) { site in
            try await site.browsing { client in
                let bo = Browser(client)
                #expect(try await bo.signIn("bo-annan", CanaryMember.password).location == "/")
                for page in CanaryPages.naming(life) {
                    let answer = try await bo.following(page)
                    #expect(answer.contains(CanaryMember.username), "\(page)")
                    #expect(!answer.contains("Tidigare medlem"), "\(page)")
                }
            }
        }
    }
}

extension CanaryLife {
    /// The fields of which the site's mails contain a value of hers.
    fileprivate func fieldsInMail() throws -> Set<PersonalField> {
        let found = try search.found(inFilesOf: closed.mail)
        return Set(PersonalField.allCases.filter { field in found.contains { $0.hasPrefix("\(field.rawValue)") } })
    }
}
