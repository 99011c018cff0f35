package import Events
import Synchronization

extension ReadingStore {
    /// Keeps a bookmark, or replaces the note of one. On disk when it returns.
    /// - Parameter note: empty for none.
    /// - Throws: `SavingRefusal`.
    package func bookmark(_ post: PostID, note: String, of member: MemberID, at now: Instant) throws {
        guard note.count <= Bookmark.longestNote, note.utf8.count <= Bookmark.longestNote * 16 else {
            throw SavingRefusal.noteTooLong
        }
        try saving(for: member) { file in
            if try !file.hasBookmark(on: post, of: member) {
                guard try file.countBookmarks(of: member) < Bookmark.most else { throw SavingRefusal.tooManyBookmarks }
            }
            let sealed =
                note.isEmpty
                ? nil
                : try key(of: member, in: file).seal(note, as: ReadingStore.noteKind, at: post.description)
            try file.put(ReadingFile.BookmarkRow(post: post, saved: now, note: sealed), of: member)
        }
    }

    /// The bookmarks of a member, the newest first.
    package func bookmarks(of member: MemberID) throws -> [Bookmark] {
        try file.withLock { file in
            guard let file else { return [] }
            return try opened(file.bookmarks(of: member), of: member, in: file)
        }
    }

    package func bookmark(on post: PostID, of member: MemberID) throws -> Bookmark? {
        guard try savedPlaces(of: member).bookmarks.contains(post) else { return nil }
        return try file.withLock { file in
            guard let file else { return nil }
            return try opened(file.bookmarks(of: member).filter { $0.post == post }, of: member, in: file).first
        }
    }

    package func removeBookmark(on post: PostID, of member: MemberID) throws {
        guard isServing, try savedPlaces(of: member).bookmarks.contains(post) else { return }
        try removing(of: member) { try $0.removeBookmark(on: post, of: member) }
    }

    private func opened(
        _ rows: [ReadingFile.BookmarkRow], of member: MemberID, in file: ReadingFile
    ) throws -> [Bookmark] {
        guard !rows.isEmpty else { return [] }
        let key = try existingKey(of: member, in: file)
        return try rows.map { row in
            let note = try row.note.flatMap {
                try key?.open($0, as: ReadingStore.noteKind, at: row.post.description)
            }
            return Bookmark(post: row.post, note: note ?? "", saved: row.saved)
        }
    }

    private static let noteKind = "bookmark-note"
}
