import Accounts
import Events
package import Logging
import NIOPosix
import Projections
import ServiceLifecycle

/// Completes every erasure: after each fence, at start, while one is unfinished after pauses that grow from a second to a minute, and
/// every hour.
///
/// Safe to kill at any point: an erasure is complete only once an event says so, and every step is idempotent.
package struct ErasureWorker: Service {
    private let application: Application
    private let stores: OperationalStores
    private let logger: Logger
    private let steps: [ErasureStep]
    private let files: [ErasureFile]

    /// - Parameters:
    ///   - steps: further steps of every erasure.
    ///   - files: further files that may hold erased data.
    package init(
        application: Application, stores: OperationalStores, logger: Logger, also steps: [ErasureStep] = [],
        files: [ErasureFile] = []
    ) throws {
        self.application = application
        self.stores = stores
        self.logger = logger
        self.steps = try ErasureWorker.steps(application, stores) + steps
        let visits = stores.visits.map { visits in [ErasureFile(.visits) { try visits.emptyWriteAheadLog() }] } ?? []
        let reading = ErasureFile(.reading) { try application.reading.emptyWriteAheadLog() }
        self.files = [ErasureFile(.runtime) { try stores.runtime.forgetErased() }, reading] + visits + files
    }

    /// Runs until the site stops; an unfinished erasure is continued after the next start.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await fenceForgotten()
            await withTaskGroup { group in
                let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                group.addTask { for await _ in application.log.fences() { signal.yield() } }
                group.addTask {
                    var (pause, sinceSignal) = (1, 0)
                    while (try? await Task.sleep(for: .seconds(pause))) != nil {
                        sinceSignal += pause
                        let isUnfinished = stores.erasures.unfinished > 0
                        if isUnfinished || sinceSignal >= 3600 {
                            signal.yield()
                            sinceSignal = 0
                        }
                        pause = isUnfinished ? min(pause * 2, 60) : 1
                    }
                    signal.finish()
                }
                for await _ in signals { await work() }
                group.cancelAll()
            }
        }
    }

    /// Repeats fences that are in the ledger but missing from a restored log.
    func fenceForgotten() async {
        do {
            try await application.log.fenceForgottenErasures(by: .system, at: application.clock.now())
        } catch {
            logger.error("a forgotten erasure is not fenced", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Performs the remaining steps of every erasure as far as possible.
    package func work() async {
        do {
            let fenced = try application.log.unfinishedErasures()
            stores.erasures.note(unfinished: fenced.map(\.time))
            guard let newest = fenced.last else { return }
            try await finish(fenced, through: newest.position)
            stores.erasures.note(unfinished: [])
        } catch {
            let hindrance = error as? ErasureHindrance
            logger.warning(
                "erasures are unfinished",
                metadata: [
                    "erasures": "\(stores.erasures.unfinished)", "by": "\(hindrance?.place ?? "\(type(of: error))")",
                ])
        }
    }

    private func finish(_ fenced: [FencedErasure], through position: Int) async throws {
        stores.caches.forget(before: position)
        let erasures = fenced.map(\.erasure)
        var isAnchored = true
        do { try await application.log.destroyKeys(of: erasures) } catch LogUnusable.anchorUnreachable {
            isAnchored = false
        }
        report("keys", of: fenced)
        for step in steps {
            try await step.perform(erasures)
            report(step.part.rawValue, of: fenced)
        }
        let generations = try await forgetInViews(through: position)
        report("views", of: fenced)
        let log = application.log
        if let busy = try await log.emptyWriteAheadLogs().first { throw ErasureHindrance(place: busy.rawValue) }
        for file in files where try await !file.forget() { throw ErasureHindrance(place: file.file.rawValue) }
        report("files", of: fenced)
        guard isAnchored else { throw ErasureHindrance(place: "anchor") }
        let keys = try await NIOThreadPool.singleton.runIfActive { try log.destroyedKeys(of: erasures) }
        for fenced in fenced {
            guard let keys = keys[fenced.erasure.fence] else { continue }
            let done = ErasureCompleted(
                fence: fenced.erasure.fence, parts: [.claims, .ledger, .views] + steps.map(\.part),
                files: [.log, .vault, .views] + files.map(\.file), generations: generations, keys: keys)
            try await log.complete(fenced, done, at: application.clock.now())
        }
        report("complete", of: fenced)
    }

    private func forgetInViews(through position: Int) async throws -> Int {
        guard await application.views.waitUntil(position: position, within: .seconds(10)) else {
            throw ErasureHindrance(place: "views")
        }
        // Entries cached before this point may have been read before the views applied the fence.
        stores.caches.forget(before: position)
        let views = application.views
        let generations = try await NIOThreadPool.singleton.runIfActive { try views.forgetErased(through: position) }
        guard let generations else { throw ErasureHindrance(place: "views") }
        return generations
    }

    private func report(_ step: String, of fenced: [FencedErasure]) {
        logger.debug("erasing", metadata: ["done": "\(step)", "erasures": "\(fenced.count)"])
    }

    private static func steps(_ application: Application, _ stores: OperationalStores) throws -> [ErasureStep] {
        let tokens = OneTimeTokens(store: stores.runtime)
        let outbox = try Outbox(store: stores.runtime, head: application.log.head)
        let recipients = try RecipientLimit(nil, store: stores.runtime)
        func ofMembers(
            _ part: ErasureCompleted.Part, _ forget: @escaping @Sendable (MemberID) throws -> Void
        ) -> ErasureStep {
            ErasureStep(part) { erasures in for member in erasures.compactMap(\.formerMember) { try forget(member) } }
        }
        let visits = stores.visits.map { visits in [ofMembers(.visits) { try visits.forget($0) }] } ?? []
        let blobs = SealedFiles(application.files)
        return [
            ErasureStep(.blobs) { erasures in
                for erasure in erasures {
                    guard case .owner(let owner) = erasure.scope, let id = owner.id(CaseKind.self) else { continue }
                    try blobs.removeAll(of: id)
                }
            },
            ofMembers(.sessions) {
                try stores.sessions.endAll(of: $0)
                try stores.devices.forgetAll(of: $0)
                try ConfirmedSignUps(store: stores.runtime).forget(application.accounts.digest(ofSignUp: $0))
            },
            ofMembers(.reading) { try application.reading.forget($0) },
            ofMembers(.tokens) { try tokens.revokeAll(of: $0) },
            ofMembers(.mail) {
                try outbox.removeAll(about: $0)
                try recipients.forget($0)
            },
        ] + visits
    }
}

/// Why an erasure cannot be finished yet: a file or the views may still hold erased data, or the anchor could not be updated.
struct ErasureHindrance: Error {
    let place: String
}
