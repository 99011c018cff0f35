extension Route {
    /// What becomes of an address on the site as it was.
    enum InThePast: Sendable {
        /// The same as on the site itself: coming in, going out, and what pages are drawn with.
        case asUsual
        /// Shown as it was.
        case shown
        /// Only on the site itself.
        case elsewhere
    }

    var inThePast: InThePast {
        if Route.asUsualInThePast.contains(self) { return .asUsual }
        return Route.shownOfThePast.contains(self) ? .shown : .elsewhere
    }

    private static let asUsualInThePast: Set<Route> = [.signIn, .signInCode, .signOut, .asset, .health]

    /// What is made of the views and of the texts published by then, and of nothing that only the present log knows.
    private static let shownOfThePast: Set<Route> = [
        .start, .forum, .category, .thread, .titledThread, .post, .search, .members, .member, .privacyPolicy,
        .privacyPolicyVersion, .privacyPolicyChanges, .memberTerms, .memberTermsVersion, .memberTermsChanges,
    ]
}
