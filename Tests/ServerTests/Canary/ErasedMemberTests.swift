import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import Server

@Suite(.clause("P-16.3")) struct `A member with unmistakable values` {
    @Test(arguments: TextsChoice.allCases)
    func `is found by every value before the purge, and by none after it`(texts: TextsChoice) async throws {
        let life = try await CanaryLife.lived(texts)
        let search = try life.everything()
        let found = try Set(search.findings(in: life.alive.data).map(\.canary))
        print(found.sorted())
        print("MISSING", Set(search.texts.keys).union(search.secrets.keys).subtracting(found).sorted())
        let place = try life.closed.copy()
        try await CanarySite.opened(place, at: CanaryLife.purgeTime) { site async throws in
            try await site.eraseWhatIsDue()
            #expect(try site.unfinishedErasures == 0)
        }
        let left = try search.findings(in: place.data)
        print("LEFT", left)
        #expect(left == [])
    }
}
