import Events

/// Ends the retention of everything whose time is over, in the log and in the stores outside it (P-16.3, P-16.5).
package struct RetentionService: Sendable {
    package let engine: RetentionEngine
    package let side: SideRetention

    /// - Parameters:
    ///   - confirmation: sends the final mail to members who are erased.
    ///   - confirmation: sends the last mail to those who are erased.
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
    }

    package func run() async throws -> RetentionRun {
        let side = try await side.run()
        var run = try await engine.run()
        run.side = side
        return run
    }
}
