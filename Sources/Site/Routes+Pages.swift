import Accounts
import Events
package import Processes
import SiteMap


extension Routes {
    /// Every page of the site.
    ///
    /// - Parameters:
    ///   - storage: where everything is stored, in words for people (P-13.1).
    ///   - unreadableMails: how many mails came in and cannot be read.
    package init(
        _ community: Community, _ site: WebEnvironment, rebuild: ViewsRebuild, previews: DraftPreviews,
        conformance: ConformanceDesk, storage: StorageWords = StorageWords(), mail: MailDelivery = MailDelivery(),
        unreadableMails: @escaping @Sendable () -> Int = { 0 }
    ) throws {
        let slowReads = SlowReads(of: community.views)
        self.init()
        TextPages(community: community, verifierKey: community.log.verifierKey.description).add(to: &self)
        try AccountPages(community: community, runtime: site.runtime) { [community] member in
            if try community.accounts.mustAcceptTexts(member) { return .acceptTexts() }
            return try site.signedInMember(member)?.mustSetUpTwoFactor == true ? .twoFactor : nil
        }.add(to: &self)
        let sections = [VisitsSection.provider, AddressSection.provider(community)]
        try SettingsPages(community: community, site: site, furtherSections: sections).add(to: &self)
        try TwoFactorPages(community: community, site: site).add(to: &self)
        AcceptTextsPages(community: community).add(to: &self)
        MailPreferencesPages(community: community).add(to: &self)
        UnsubscribePages(community: community).add(to: &self)
        try MailPages(community: community, site: site).add(to: &self)
        try NewsletterPages(community: community, site: site).add(to: &self)
        CorrectionPages(community: community).add(to: &self)
        ForumPages(community: community).add(to: &self)
        ConversationPages(community: community, slowReads: slowReads).add(to: &self)
        NoticePages(community: community, site: site).add(to: &self)
        ReportedMessagePages(community: community).add(to: &self)
        SearchPages(community: community, slowReads: slowReads).add(to: &self)
        FeedPages(community: community).add(to: &self)
        MemberPages(community: community, slowReads: slowReads).add(to: &self)
        ModerationPages(community: community).add(to: &self)
        AdministrationPages(community: community, rebuild: rebuild, slowReads: slowReads).add(to: &self)
        try ClosingPages(community: community, site: site, slowReads: slowReads).add(to: &self)
        try MemberAdministrationPages(community: community, site: site, slowReads: slowReads).add(to: &self)
        PolicyPages(community: community, previews: previews).add(to: &self)
        AuditPages(community: community, slowReads: slowReads).add(to: &self)
        ConformancePages(
            community: community, desk: conformance,
            storage: StoragePlaces(community: community, words: storage, mail: mail), slowReads: slowReads
        ).add(to: &self)
        VisitPages(accounts: community.accounts).add(to: &self)
        StatisticsPages(accounts: community.accounts, slowReads: slowReads).add(to: &self)
        OperationPages(community: community).add(to: &self)
        AccessReportPages(community: community, slowReads: slowReads).add(to: &self)
        ReceiptPages(community: community).add(to: &self)
        ContactPages(community: community).add(to: &self)
        ReportPages(community: community).add(to: &self)
        RightsPages(community: community).add(to: &self)
        DisputePages(community: community).add(to: &self)
        PartyCasePages(community: community, slowReads: slowReads).add(to: &self)
        StaffCasePages(community: community, unreadableMails: unreadableMails).add(to: &self)
    }
}
