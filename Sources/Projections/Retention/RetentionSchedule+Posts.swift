import Events
import Forum

/// A text that its author has deleted is erased when she can no longer undo that (P-06.3).
extension RetentionSchedule {
    static func apply(_ event: PostEvent, at time: Instant, to views: ViewWriter) throws {
        switch event {
        case .deleted(let id): try views.put(.deletedPost, .id(id), since: time)
        case .restored(let id): try views.end(.deletedPost, .id(id))
        case .deletionCompleted(let id, _), .erased(let id, _, _):
            try views.end(.deletedPost, .id(id))
            try views.run("DELETE FROM revision_deletions WHERE post = ?", .id(id))
            try views.putRevisions(of: id)
        case .revisionDeleted(let id, let number):
            try views.run(
                "INSERT INTO revision_deletions VALUES (?, ?, ?) ON CONFLICT DO NOTHING", .id(id), .integer(number),
                .time(time))
            try views.putRevisions(of: id)
        case .revisionRestored(let id, let number), .revisionDeletionCompleted(let id, let number, _):
            try views.run(
                "DELETE FROM revision_deletions WHERE post = ? AND revision = ?", .id(id), .integer(number))
            try views.putRevisions(of: id)
        case .published, .revised, .removed, .reinstated: break
        }
    }
}

extension ViewWriter {
    func end(_ kind: RetentionSchedule.Kind, _ id: SQLValue) throws {
        try run("DELETE FROM schedule WHERE kind = ? AND id = ?", .text(kind.rawValue), id)
    }

    fileprivate func putRevisions(of post: PostID) throws {
        try end(.deletedRevision, .id(post))
        try run(
            "INSERT INTO schedule SELECT ?, post, min(since) FROM revision_deletions WHERE post = ? GROUP BY post",
            .text(RetentionSchedule.Kind.deletedRevision.rawValue), .id(post))
    }
}
