import Accounts
package import Events

extension EventLog {
    /// Opens a log with the check of legal holds that a site has.
    package convenience init(_ files: LogFiles) throws { try self.init(files, holds: Accounts.holdCheck) }
}

extension HoldCheck {
    /// The check of legal holds that a site has, for tests that cannot name the module.
    package static var ofSite: HoldCheck { Accounts.holdCheck }
}

extension Restoration {
    package init(_ plan: RestorePlan) { self.init(plan, holds: Accounts.holdCheck) }
}
