import Accounts
package import Events
package import Forum
import GRDB

/// A post that can be read, by its place and author.
package struct FoundPost: Sendable {
    package let thread: ThreadList.Entry
    package let number: Int
    package let author: PublicMember
}

extension ThreadPosts.Queries {
    /// Those of the posts that a reader may read now; the others are deleted, removed, erased, or closed to her.
    package func found(_ posts: [PostID], for audience: Audience) throws -> [PostID: FoundPost] {
        try source.read { snapshot in
            var found: [PostID: FoundPost] = [:]
            for post in posts {
                let row = try snapshot.source.row(
                    .cached(
                        """
                        SELECT thread, number, author, username FROM posts LEFT JOIN members ON members.id = author
                        WHERE posts.id = ? AND state = 'visible' AND body IS NOT NULL
                        """), [post.column]
                ) { row in
                    (
                        thread: row["thread"] as ThreadID, number: row["number"] as Int,
                        author: PublicMember(id: row["author"], username: row["username"])
                    )
                }
                guard let row, let thread = try snapshot.threads.find(row.thread),
                    audience == .members || thread.category.audience == .everybody
                else { continue }
                found[post] = FoundPost(thread: thread, number: row.number, author: row.author)
            }
            return found
        }
    }
}
