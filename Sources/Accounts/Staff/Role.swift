import Events

/// What somebody may do here. Every active member is a `member`; the others are granted.
package enum Role: String, ClosedCode, CaseIterable {
    case member, moderator, administrator, auditor
}
