import Accounts
import Events
import Foundation
import Synchronization

/// Side generations, which no page reads, and the erasure of data from all generations.
extension Projector {
    /// Leaves no trace of what was erased up to a position in any generation or file of an earlier time.
    /// - Returns: the number of files; nil while a generation has not reached the position, or while a reader uses an older snapshot.
    func forgetErased(through position: Int) throws -> Int? {
        let (registered, sideGenerations, isLoading) = state.withLock { state in
            let loaded = state.sideGenerations.values.compactMap(\.self)
            return (
                [state.current] + [state.building].compactMap(\.self) + loaded, loaded,
                state.rebuild != nil && state.building == nil || loaded.count < state.sideGenerations.count
            )
        }
        // A generation being loaded is not registered yet, and may hold data that was erased since the load began.
        guard !isLoading else { return nil }
        // The file of a previous generation is deleted when its last reader releases it.
        guard Set(Generation.numbers(in: directory)).isSubset(of: registered.map(\.number)) else { return nil }
        // Side generations do not follow the log by themselves.
        for generation in sideGenerations { try Projector.catchUp(generation, with: log, through: position) }
        for generation in registered {
            guard generation.position >= position, try generation.forgetErased() else { return nil }
        }
        return try past.forgetErased().map { $0 + registered.count }
    }

    /// Reserves a number for a side generation; from now on erasures wait for it.
    func registerSideGeneration() -> Int {
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

    /// The file is deleted when its last reader releases it.
    func removeSideGeneration(_ number: Int) {
        let generation = state.withLock { $0.sideGenerations.removeValue(forKey: number) }
        generation??.retire()
    }
}
