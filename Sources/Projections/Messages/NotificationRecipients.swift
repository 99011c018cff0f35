import Events

/// Who can be told of what somebody wrote, kept while events come one after the other.
final class NotificationRecipients {
    /// From whom each member takes nothing; nil for whoever cannot be told anything.
    private var known: [Int: Set<Int>?] = [:]
    private static let most = 50_000

    /// - Parameters: members' columns.
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

    /// To be called by whoever changes what was looked up.
    func forget(_ member: MemberID) { known[member.column] = nil }
}
