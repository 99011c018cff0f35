/// The queries of the read models: on `Views` each one sees the newest rows, on a `ViewsSnapshot` all see the same rows.
package protocol ViewsQueries {
    var source: QuerySource { get }
}

extension ViewsQueries {
    package var categories: CategoryList.Queries { CategoryList.Queries(source: source) }
    package var threads: ThreadList.Queries { ThreadList.Queries(source: source) }
    package var posts: ThreadPosts.Queries { ThreadPosts.Queries(source: source) }

    package var members: MemberDirectory.Queries { MemberDirectory.Queries(source: source) }
    package var textAcceptances: TextAcceptances.Queries { TextAcceptances.Queries(source: source) }
    package var reviews: ReviewQueue.Queries { ReviewQueue.Queries(source: source) }
    package var appeals: Appeals.Queries { Appeals.Queries(source: source) }
    package var corrections: CorrectionList.Queries { CorrectionList.Queries(source: source) }

    package var conversations: ConversationList.Queries { ConversationList.Queries(source: source) }
    package var reportedMessages: ReportedMessages.Queries { ReportedMessages.Queries(source: source) }
    package var notifications: NotificationList.Queries { NotificationList.Queries(source: source) }
    package var pendingNotifications: PendingNotifications.Queries { PendingNotifications.Queries(source: source) }

    package var cases: CaseList.Queries { CaseList.Queries(source: source) }
    package var caseConcerns: CaseConcerns.Queries { CaseConcerns.Queries(source: source) }
    package var reports: ReportQueue.Queries { ReportQueue.Queries(source: source) }

    package var mailOutcomes: MailOutcomes.Queries { MailOutcomes.Queries(source: source) }
    package var newsletterIssues: NewsletterIssues.Queries { NewsletterIssues.Queries(source: source) }
    package var newsletterReaders: NewsletterReaders.Queries { NewsletterReaders.Queries(source: source) }

    package var retention: RetentionSchedule.Queries { RetentionSchedule.Queries(source: source) }
    package var erasures: ErasureDates.Queries { ErasureDates.Queries(source: source) }
    package var auditTrail: AuditTrail.Queries { AuditTrail.Queries(source: source) }
}
