import Accounts
import Events
import Forum
import Foundation
import HummingbirdTesting
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A member's life on a site, until her account is closed and nearly due for erasure.
struct CanaryLife: Sendable {
    /// The site just after she joined, while she was a member, and after she left.
    let joined: CanaryPlace
    let alive: CanaryPlace
    let closed: CanaryPlace
    let verifierKey: VerifierKey
    let texts: TextsChoice
    let member: MemberID
    let other: MemberID
    /// The cases that she opened.
    let cases: [CaseID]
    let written: CanaryTexts
    /// Every value that must be gone, except a text that stays without a name.
    let search: CanarySearch
    let receipt: String
    /// The proofs published while she was a member: a head, and a proof of each event up to it.
    let proofs: [EventProof]

    /// So long ago that the account is due for erasure by any clock.
    static let start = Instant(milliseconds: 1_741_690_800_000)
    static var purgeTime: TestClock { TestClock(start.adding(Period(days: 400))) }

    static func lived(_ texts: TextsChoice) async throws -> CanaryLife {
        let place = try CanaryPlace()
        let time = TestClock(start)
        let key = try EventLog.create(place.files, at: start)
        return try await CanarySite.opened(place, at: time) { site async throws -> CanaryLife in
            try await site.application.accounts.publishFirstVersions()
            let story = try await CanaryStory.told(on: site)
            let proofs = try await site.proofs()
            try site.visits.flush()
            try site.application.reading.flush()
            // Views as of this time are stored, as for looking back.
            let past = try #require(site.application.views.past)
            #expect(try await past.build(asOf: time.now, to: nil).position == site.application.log.head)
            let alive = try place.copy()
            // Backups are made outside the data directory, one under each master key.
            let accounts = site.application.log
            _ = try await accounts.backUp(to: place.backup(1), by: .operator, at: time.now)
            _ = try await accounts.rotateKeys(claims: Accounts.claims, by: .operator, at: time.now)
            let receipt = try await story.leave(site, texts)
            _ = try await accounts.backUp(to: place.backup(2), by: .operator, at: time.now)
            return CanaryLife(
                joined: story.joined, alive: alive, closed: place, verifierKey: key, texts: texts, member: story.member,
                other: story.other, cases: story.cases,
                written: story.written, search: try search(for: story, texts, in: [alive, place]), receipt: receipt,
                proofs: proofs)
        }
    }

    private static func search(
        for story: CanaryStory, _ texts: TextsChoice, in places: [CanaryPlace]
    ) throws -> CanarySearch {
        var values = story.values
        if texts == .erase {
            values.texts["a text without her name"] = CanaryMember.plain
            values.texts["a message without her name"] = CanaryMember.plainMessage
        }
        let left =
            texts == .erase
            ? [] : [Subject(.post, story.written.plain), Subject(.message, story.written.plainMessage)]
        let held = try [
            EmailAddress(CanaryMember.formerEmail).claim, EmailAddress(CanaryMember.email).claim,
            Username(CanaryMember.username).claim,
            PersonalIdentityNumber(CanaryMember.number, today: CanaryLife.start.stockholmDate).claim,
        ]
        for place in places {
            try values.add(keysOf: Owner(story.member), leaving: left, in: place.data)
            for owner in [Owner(partyTo: story.member)] + story.cases.map({ Owner($0) }) {
                try values.add(keysOf: owner, leaving: [], in: place.data)
            }
            try values.add(claims: held, in: place.data)
            try values.add(memberKeyOf: story.member, in: place.data)
        }
        // Released before the hash key was replaced.
        try values.add(claims: [Username(CanaryMember.formerUsername).claim], in: story.joined.data)
        return CanarySearch(values, reader: story.member)
    }
}

/// The texts she wrote, and where others quoted or mentioned them.
struct CanaryTexts: Sendable {
    let thread: ThreadID
    let opening: PostID
    let quoted: PostID
    let plain: PostID
    let othersThread: ThreadID
    let reply: PostID
    let conversation: ConversationID
    let plainMessage: MessageID
}

extension CanarySite {
    fileprivate func proofs() async throws -> [EventProof] {
        let head = try await application.log.checkpoint().checkpoint.size
        var proofs: [EventProof] = []
        for position in 1...head where position % 5 == 0 {
            if let proof = try await application.log.proof(ofEventAt: position) { proofs.append(proof) }
        }
        return proofs
    }
}
