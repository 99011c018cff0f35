import Events

/// Ends the retention of everything whose time is over, in the log and in the stores outside it (P-16.3, P-16.5).
package struct RetentionService: Sendable {
    package let engine: RetentionEngine
    package let side: SideRetention
    package let keys: KeyEpochs

    /// - Parameter confirmation: sends the last mail to those who are erased.
    package init(
        _ application: Application, records: OperationalRecords, confirmation: ErasureConfirmation = .none
    ) {
        engine = RetentionEngine(
            accounts: application.accounts, forum: application.forum, messaging: application.messaging,
            log: application.log,
            views: application.views,
            clock: application.clock, confirmation: confirmation,
            textsIdentifyingTheAuthor: application.textsIdentifyingTheAuthor)
        side = SideRetention(application: application, files: records)
        keys = KeyEpochs(application: application)
    }

    /// The keys come last: a rotation takes time, and a keys directory that cannot be written holds up no erasure.
    package func run() async throws -> RetentionRun {
        let side = try await side.run()
        var run = try await engine.run()
        run.side = side
        do { run.side.merge(try await keys.work()) { $1 } } catch let error where !(error is CancellationError) {
            run.keysFailed = true
        }
        return run
    }
}
