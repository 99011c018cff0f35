import Dispatch
import Events
import Foundation
import Synchronization

extension Projector {
    /// - Throws: `RebuildRefusal.closed` when the projector is closed, also during the rebuild.
    func rebuild(progress: @escaping ProgressReport) async throws -> Rebuilt {
        let number = try state.withLock { state in
            guard !state.isClosed else { throw RebuildRefusal.closed }
            guard state.rebuild == nil else { throw RebuildRefusal.alreadyRunning }
            state.rebuild = RebuildProgress(done: 0, total: log.head)
            return state.nextNumber(in: directory)
        }
        defer {
            state.withLock { state in
                state.rebuild = nil
                state.building = nil
            }
        }
        let start = ContinuousClock.now
        let generation = try await build(number, progress)
        do {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isClosed = state.withLock { state in
                    if !state.isClosed { state.candidate = Candidate(generation: generation, switched: continuation) }
                    return state.isClosed
                }
                // The thread that takes candidates has ended or is about to.
                if isClosed { return continuation.resume(throwing: RebuildRefusal.closed) }
                endOfBatchDelay.signal()
                wakeUp.signal()
            }
        } catch {
            generation.retire()
            throw error
        }
        let elapsed = start.duration(to: .now)
        return Rebuilt(generation: number, events: generation.position, seconds: elapsed / .seconds(1))
    }

    /// Runs on a separate thread, so that a long build blocks no request.
    private func build(_ number: Int, _ progress: @escaping ProgressReport) async throws -> Generation {
        try await LongWork.run("views rebuild") { [self] work in
            let generation = try GenerationLoad.build(number, in: directory, from: log) { step in
                state.withLock { $0.rebuild = step }
                progress(step)
                try work.checkCancellation()
            }
            state.withLock { $0.building = generation }
            try Projector.catchUp(generation, with: log)
            return generation
        }
    }
}
