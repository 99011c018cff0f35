import Accounts
import Events
import Forum
import HTML
import Messaging
import Processes
import Projections

/// The members whom a staff request concerns, derived from its address; a missing entity concerns none, and the handler answers 404.
extension Application {
    /// The member at `{id}`, and the members concerned by open reports about her.
    var memberInAddress: Matter {
        .of { context in
            let id: MemberID = try context.id()
            return try views.caseConcerns.members(of: id).union([id])
        }
    }

    /// As `memberInAddress`, and the staff member who made the decision under appeal.
    var decisionInAddress: Matter {
        .of { context in
            let id: MemberID = try context.id()
            return try views.caseConcerns.members(of: id)
                .union(accounts.concerned(byDecisionAbout: id))
        }
    }

    /// As `memberInAddress`, except that a reader may revoke her own role.
    var roleInAddress: Matter {
        .of { context in
            let id: MemberID = try context.id()
            let change = try context.form().choice(StaffMemberPage.change, of: StaffMemberPage.Change.self)
            return change == .revoke ? [] : [id]
        }
    }

    var registrationInAddress: Matter { .of { try accounts.concerned(byReviewOf: $0.id()) } }

    var correctionInAddress: Matter { .of { try accounts.concerned(byCorrection: $0.id()) } }

    var caseInAddress: Matter {
        .of { try messaging.record($0.id()).map { try concerned(by: $0) } ?? [] }
    }

    /// The author of the post at `{id}`, and the members concerned by open cases about it.
    var postInAddress: Matter {
        .of { context in
            let id: PostID = try context.id()
            let author = try forum.post(id)?.post.facts?.author
            return try views.caseConcerns.members(of: id).union([author].compactMap(\.self))
        }
    }

    var threadInAddress: Matter {
        .of { context in
            let id: ThreadID = try context.id()
            let author = try forum.thread(id).facts?.author
            return try views.caseConcerns.members(of: id).union([author].compactMap(\.self))
        }
    }

    /// Every past and present participant in the conversation of the reported message at `{id}`.
    var messageInAddress: Matter {
        .of { context in
            let id: MessageID = try context.id()
            let (entry, concerned) = try views.read { snapshot in
                (try snapshot.reportedMessages.find(id), try snapshot.caseConcerns.members(of: id))
            }
            return try entry.map { try messaging.members(of: $0.conversation).union(concerned) } ?? []
        }
    }

    /// The member found by the text typed into the search by data.
    var memberSearchedFor: Matter {
        .of { context in
            let text = try context.form().text(StaffSearchPage.text)
            let found = try accounts.holder(ofExactly: text, today: context.now.stockholmDate)
            return Set([found].compactMap(\.self))
        }
    }

    /// Every member whom a case concerns, including the author when an older report names a thread only by its address.
    func concerned(by record: CaseRecord) throws -> Set<MemberID> {
        // One decision answers all reports of the same text, so a reader barred from one of them is barred from all.
        let barred = try views.caseConcerns.members(barredFrom: record.file.id)
        let concerned = try messaging.concerned(by: record.file).union(barred)
        guard case .report(_, .page) = record.file.topic, let target = record.opening?.target,
            let author = try author(of: reportedThing(at: target))
        else { return concerned }
        return concerned.union([author])
    }

    /// The sign-ups that the reader may review: none with her own number.
    func reviews(for reader: MemberID) throws -> [ReviewQueue.Entry] {
        try views.reviews.all().filter {
            try !accounts.concerned(byReviewOf: $0.member).contains(reader)
        }
    }
}
