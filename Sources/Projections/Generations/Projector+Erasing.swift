import Accounts
import Events
import Foundation
import Synchronization

/// Generations that no page reads, and what an erasure does to them and to all others.
extension Projector {
    /// Leaves nothing of what was erased up to a position in any generation's file.
    /// - Returns: how many generations there are; nil while one of them has not come so far, or an older state of one is being read.
    func forgetErased(through position: Int) throws -> Int? {
        let (registered, sideGenerations, isLoading) = state.withLock { state in
            let loaded = state.sideGenerations.values.compactMap(\.self)
            return (
                [state.current] + [state.building].compactMap(\.self) + loaded, loaded,
                state.rebuild != nil && state.building == nil || loaded.count < state.sideGenerations.count
            )
        }
        // What is being loaded has no number yet, and may hold what was erased meanwhile.
        guard !isLoading else { return nil }
        // The file of a previous generation goes with its last reader.
        guard Set(Generation.numbers(in: directory)).isSubset(of: registered.map(\.number)) else { return nil }
        // What stands beside does not follow the log by itself.
        for generation in sideGenerations { try Projector.catchUp(generation, with: log, through: position) }
        for generation in registered {
            guard generation.position >= position, try generation.forgetErased() else { return nil }
        }
        return try past.forgetErased().map { $0 + registered.count }
    }

    /// A number for a generation that stands beside; from now on an erasure waits for it.
    func registerBeside() -> Int {
        state.withLock { state in
            let number = state.nextNumber(in: directory)
            state.sideGenerations.updateValue(nil, forKey: number)
            return number
        }
    }

    func build(
        alongside number: Int, showing shown: ShownFields, _ report: (RebuildProgress) throws -> Void
    ) throws -> Generation {
        let generation = try GenerationLoad.build(number, in: directory, from: log, showing: shown, report)
        state.withLock { _ = $0.sideGenerations.updateValue(generation, forKey: number) }
        return generation
    }

    func catchUp(_ generation: Generation, through position: Int) throws {
        try Projector.catchUp(generation, with: log, through: position)
    }

    /// Its file goes with the last who reads it.
    func deleteBeside(_ number: Int) {
        let generation = state.withLock { $0.sideGenerations.removeValue(forKey: number) }
        generation??.retire()
    }
}
