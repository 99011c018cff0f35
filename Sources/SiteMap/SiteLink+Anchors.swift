package import Events

extension SiteLink {
    /// The element id of a post on its thread's page.
    package static func anchor(of post: PostID) -> String { anchor(of: post.description) }

    /// - Parameter post: the post's id, as text.
    package static func anchor(of post: String) -> String { "inlagg-" + post }

    /// The element id of a message on its conversation's page.
    package static func anchor(of message: MessageID) -> String { "meddelande-\(message)" }
}
