import Events



/// Ends the retention of everything whose time is out, in the log and in the stores next to it (P-16.3, P-16.5).
package struct RetentionService: Sendable {
    package let engine: RetentionEngine
    package let side: SideRetention

    /// - Parameters:
    ///   - records: what is stored outside the log.
    ///   - confirmation: sends the last mail to those who are erased.
    package init(
        _ community: Community, records: OperationalRecords, confirmation: ErasureConfirmation = .none
    ) {
        engine = RetentionEngine(
            accounts: community.accounts, messaging: community.messaging, log: community.log, views: community.views,
            clock: community.clock, confirmation: confirmation,
            textsTellingTheAuthor: community.textsTellingTheAuthor)
        side = SideRetention(community: community, files: records)
    }

    package func run() async throws -> RetentionRun {
        let beside = try await side.run()
        var run = try await engine.run()
        run.beside = beside
        return run
    }
}
