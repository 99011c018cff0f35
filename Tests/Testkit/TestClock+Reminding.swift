package import Accounts
package import Events

extension TestClock {
    /// Time goes by after accounts were closed, and the reminder of each goes out thirty days before the year is out.
    package func advance(by period: Period, reminding members: [MemberID], by accounts: Accounts) async throws {
        let end = now.adding(period)
        set(now.adding(Period("P1Y")!).subtracting(Period(days: 30)))
        for member in members { _ = try await accounts.announcePurge(of: member) }
        set(end)
    }
}
