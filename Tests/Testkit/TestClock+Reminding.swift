package import Accounts
package import Events

extension TestClock {
    /// Advances the clock by `period` after accounts were closed, announcing each purge thirty days before the year is out.
    package func advance(by period: Period, reminding members: [MemberID], by accounts: Accounts) async throws {
        let end = now.adding(period)
        set(now.adding(Period("P1Y")!).subtracting(Period(days: 30)))
        for member in members { _ = try await accounts.announcePurge(of: member) }
        set(end)
    }
}
