package import Events

extension SiteLink {
    /// The id that a post has on its thread's page.
    package static func anchor(of post: PostID) -> String { anchor(of: post.description) }

    /// - Parameter post: the id of a post, as text.
    package static func anchor(of post: String) -> String { "inlagg-" + post }

    /// The id that a message has on its conversation's page.
    package static func anchor(of message: MessageID) -> String { "meddelande-\(message)" }
}
