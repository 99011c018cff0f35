import Accounts
import Events
import Forum
import HTML
import Messaging
import Processes
import Projections

/// Whom the requests of the staff concern, by what stands in their address. What does not exist concerns no one, and is not found.
extension Application {
    /// The member at `{id}`, with those whom open reports about that one concern.
    var memberInAddress: Matter {
        .of { context in
            let id: MemberID = try context.id()
            return try views.caseConcerns.members(of: id).union([id])
        }
    }

    /// The same with who made the decision that an appeal waits against.
    var decisionInAddress: Matter {
        .of { context in
            let id: MemberID = try context.id()
            return try views.caseConcerns.members(of: id)
                .union(accounts.concerned(byDecisionAbout: id))
        }
    }

    /// The same as `memberInAddress`, except that one's own role may be given up.
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

    /// The author of the post at `{id}`, and those whom open cases about it concern.
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

    /// Everybody who was in the conversation of the reported message at `{id}`.
    var messageInAddress: Matter {
        .of { context in
            let id: MessageID = try context.id()
            let (entry, concerned) = try views.read { snapshot in
                (try snapshot.reportedMessages.find(id), try snapshot.caseConcerns.members(of: id))
            }
            return try entry.map { try messaging.members(of: $0.conversation).union(concerned) } ?? []
        }
    }

    /// The member who is found by what was typed into the search with data.
    var memberSearchedFor: Matter {
        .of { context in
            let text = try context.form().text(StaffSearchPage.text)
            let found = try accounts.holder(ofExactly: text, today: context.now.stockholmDate)
            return Set([found].compactMap(\.self))
        }
    }

    /// Everybody whom a case concerns, also by an address that named a thread before such reports named it themselves.
    func concerned(by record: CaseRecord) throws -> Set<MemberID> {
        // What is reported twice is decided once: who may not judge one of the reports judges none.
        let barred = try views.caseConcerns.members(barredFrom: record.file.id)
        let concerned = try messaging.concerned(by: record.file).union(barred)
        guard case .report(_, .page) = record.file.topic, let target = record.opening?.target,
            let author = try author(of: reportedThing(at: target))
        else { return concerned }
        return concerned.union([author])
    }

    /// The sign-ups that a reader reviews: none under the reader's own number.
    func reviews(for reader: MemberID) throws -> [ReviewQueue.Entry] {
        try views.reviews.all().filter {
            try !accounts.concerned(byReviewOf: $0.member).contains(reader)
        }
    }
}
