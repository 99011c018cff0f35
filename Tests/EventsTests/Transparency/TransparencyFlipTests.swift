import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `A flipped byte anywhere in the file` {
    private struct Outcome {
        var damaged = 0
        var found = 0
        var harmless = 0
    }

    @Test(arguments: [(events: 60, flips: 1800), (events: 300, flips: 200)])
    func `is damage, or is found, or changes no row`(events: Int, flips: Int) async throws {
        let copy = try await LogCopy(events: events)
        let rows = try copy.dump()
        var generator = SeededGenerator(seed: 20_261_122)
        var outcome = Outcome()
        for _ in 0..<flips {
            let offset = Int.random(in: copy.original.indices, using: &generator)
            var bytes = copy.original
            bytes[offset] ^= UInt8.random(in: 1...255, using: &generator)
            try copy.write(bytes)
            let findings = try LogVerifier(path: copy.path, checkpoint: copy.checkpoint).run().findings
            if findings.isEmpty {
                outcome.harmless += 1
                #expect(try copy.dump() == rows, "byte \(offset) became \(bytes[offset])")
            } else if findings.contains(where: { if case .damaged = $0.defect { true } else { false } }) {
                outcome.damaged += 1
            } else {
                outcome.found += 1
            }
        }
        #expect(outcome.damaged > 0 && outcome.found > 0 && outcome.harmless > 0, "\(outcome)")
    }
}
