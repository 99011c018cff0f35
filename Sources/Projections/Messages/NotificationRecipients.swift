import Events

/// Caches which members can be notified of what others write.
final class NotificationRecipients {
    /// The members whom each member has blocked; nil for a member who cannot be notified.
    private var known: [Int: Set<Int>?] = [:]
    private static let most = 50_000

    /// Whether a member can be notified of what an author writes; both are column values.
    func takes(_ member: Int, from author: Int, in views: ViewWriter) throws -> Bool {
        if let blocked = known[member] { return blocked?.contains(author) == false }
        let isThere = try views.integer("SELECT 1 FROM notice_takers WHERE member = ?", .integer(member)) != nil
        let blocked =
            try isThere
            ? Set(views.integers("SELECT blocked FROM blocks WHERE member = ?", .integer(member))) : nil
        if known.count >= NotificationRecipients.most { known = [:] }
        known[member] = .some(blocked)
        return blocked?.contains(author) == false
    }

    /// Must be called when the stored blocks or presence of a member change.
    func forget(_ member: MemberID) { known[member.column] = nil }
}
