import Accounts
import Events
package import Processes
import SiteMap

extension Routes {
    /// Every page of the site.
    ///
    /// - Parameters:
    ///   - storage: where data is stored, described for readers (P-13.1).
    ///   - unreadableMails: the number of received mails that cannot be read.
    package init(
        _ application: Application, _ site: WebEnvironment, rebuild: ViewsRebuild, previews: DraftPreviews,
        conformance: ConformanceService, storage: StorageWords = StorageWords(), mail: MailDelivery = MailDelivery(),
        unreadableMails: @escaping @Sendable () -> Int = { 0 }
    ) throws {
        let slowReads = SlowReads(of: application.views)
        self.init()
        TextController(application: application, verifierKey: application.log.verifierKey.description).add(to: &self)
        try AccountController(application: application, runtime: site.runtime) { [application] member in
            if try application.accounts.mustAcceptTexts(member) { return .acceptTexts() }
            return try site.signedInMember(member)?.mustSetUpTwoFactor == true ? .twoFactor : nil
        }.add(to: &self)
        let sections = [
            VisitsSection.provider, ReadingSection.provider(application), AddressSection.provider(application),
        ]
        try SettingsController(application: application, site: site, furtherSections: sections).add(to: &self)
        try TwoFactorController(application: application, site: site).add(to: &self)
        AcceptTextsController(application: application).add(to: &self)
        MailPreferencesController(application: application).add(to: &self)
        UnsubscribeController(application: application).add(to: &self)
        try MailController(application: application, site: site).add(to: &self)
        try NewsletterController(application: application, site: site).add(to: &self)
        CorrectionController(application: application).add(to: &self)
        ForumController(application: application).add(to: &self)
        ConversationController(application: application, slowReads: slowReads).add(to: &self)
        BookmarkController(application: application).add(to: &self)
        DraftController(application: application).add(to: &self)
        NotificationController(application: application, site: site).add(to: &self)
        ReportedMessageController(application: application).add(to: &self)
        SearchController(application: application, slowReads: slowReads).add(to: &self)
        FeedController(application: application).add(to: &self)
        MemberController(application: application, slowReads: slowReads).add(to: &self)
        ModerationController(application: application).add(to: &self)
        AdministrationController(application: application, rebuild: rebuild, slowReads: slowReads).add(to: &self)
        try ClosingController(application: application, site: site, slowReads: slowReads).add(to: &self)
        try MemberAdministrationController(application: application, site: site, slowReads: slowReads).add(to: &self)
        PolicyController(application: application, previews: previews).add(to: &self)
        AuditController(application: application, slowReads: slowReads).add(to: &self)
        ConformanceController(
            application: application, worker: conformance,
            storage: StoragePlaces(application: application, words: storage, mail: mail), slowReads: slowReads
        ).add(to: &self)
        VisitController(accounts: application.accounts).add(to: &self)
        StatisticsController(accounts: application.accounts, slowReads: slowReads).add(to: &self)
        OperationController(application: application).add(to: &self)
        AccessReportController(application: application, slowReads: slowReads).add(to: &self)
        ReceiptController(application: application).add(to: &self)
        ContactController(application: application).add(to: &self)
        ReportController(application: application).add(to: &self)
        RightsController(application: application).add(to: &self)
        DisputeController(application: application).add(to: &self)
        PartyCaseController(application: application, slowReads: slowReads).add(to: &self)
        StaffCaseController(application: application, unreadableMails: unreadableMails).add(to: &self)
    }
}
