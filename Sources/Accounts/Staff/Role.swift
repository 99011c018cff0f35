import Events

/// A role on the site. Every active member is a `member`; the others are granted.
package enum Role: String, ClosedCode, CaseIterable {
    case member, moderator, administrator, auditor
}
