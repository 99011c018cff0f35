package import Events
import Synchronization

/// Which posts a member has marked, and where she has drafts: what pages need to know of them.
package struct SavedPlaces: Hashable, Sendable {
    package let bookmarks: Set<PostID>
    package let drafts: Set<DraftPlace>

    package static let none = SavedPlaces(bookmarks: [], drafts: [])

    package init(bookmarks: Set<PostID>, drafts: Set<DraftPlace>) {
        self.bookmarks = bookmarks
        self.drafts = drafts
    }
}

extension ReadingStore {
    /// Answered from memory for recent readers.
    package func savedPlaces(of member: MemberID) throws -> SavedPlaces {
        if let known = memory.withLock({ $0.saved[member] }) { return known }
        return try file.withLock { file in
            let saved = SavedPlaces(
                bookmarks: Set(try file?.bookmarks(of: member).map(\.post) ?? []),
                drafts: Set(try file?.draftPlaces(of: member) ?? []))
            // The file is locked, so nothing of it changes between reading and keeping.
            memory.withLock { memory in
                if memory.saved.count >= ReadingStore.mostKnown { memory.saved = [:] }
                memory.saved[member] = saved
            }
            return saved
        }
    }

    /// Called with the file locked.
    func forgetSaved(of member: MemberID) {
        memory.withLock { memory in
            memory.saved[member] = nil
            let revision = memory.nextRevision()
            memory.known[member]?.revision = revision
        }
    }

    /// Called with the file locked.
    func forgetSaved() { memory.withLock { ($0.saved, $0.known) = ([:], [:]) } }
}
