extension PolicyClause {
    /// The tests that hold a clause of which nothing on record could tell. `script/check-documents` fails when one does not exist.
    package var attestedBy: [String] {
        switch self {
        case .changes: ["The page of policy and terms", "What two generations differ by"]
        case .externalLinks: ["a link elsewhere is marked as such", "an image becomes a link with its text"]
        case .controller: ["a page has one heading, its language, a skip link and who is responsible"]
        case .statistics: ["Figures of visits", "The statistics of the community"]
        case .noSale: ["nobody gets it without the password, or without signing in"]
        case .recipients: ["what others do for the site is said in public"]
        case .password: ["A password", "The list of breached passwords", "A password hash", "Trying to sign in"]
        case .contact: ["The contact form", "Mail to the inboxes"]
        default: []
        }
    }
}
