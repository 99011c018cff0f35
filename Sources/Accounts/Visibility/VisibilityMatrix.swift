/// Who may see what of a member, where, and when: the one table that every page, query and view asks (P-08.7, P-11, P-16.2).
///
/// The administration of members is no part of it: what is opened there is noted first (`ViewData`).
package enum VisibilityMatrix {
    package static func sight(
        of field: ProfileField, of person: PersonState, to viewer: Viewer, in place: VisibilityPlace
    ) -> Sight {
        isOpen(field, to: viewer, in: place) ? sight(of: field, of: person, in: place) : .nothing
    }

    /// Whether anybody sees it anywhere: what nobody sees stands in no view.
    package static func isShown(_ field: ProfileField, of person: PersonState) -> Bool {
        VisibilityPlace.allCases.contains { place in
            Viewer.allCases.contains { sight(of: field, of: person, to: $0, in: place) == .shown }
        }
    }

    /// What is left of a field in the state that the person is in, to whoever sees it there at all.
    private static func sight(of field: ProfileField, of person: PersonState, in place: VisibilityPlace) -> Sight {
        switch (person, field) {
        case (.active, .username), (.active, .municipality), (.active, .name), (.active, .age), (.active, .sex): .shown
        case (.hidden, .username), (.hidden, .municipality): .shown
        case (.hidden, .name), (.hidden, .age), (.hidden, .sex): .nothing
        case (.protected, .username): .shown
        case (.protected, .municipality): .unknown
        case (.protected, .name), (.protected, .age), (.protected, .sex): .nothing
        case (.deactivated, .username), (.closed, .username), (.purged, .username): trace(in: place)
        case (.deactivated, _), (.closed, _), (.purged, _): .nothing
        case (.applicant, _): .nothing
        case (_, .email), (_, .password), (_, .address), (_, .personalIdentityNumber): .nothing
        }
    }

    /// What was written stays where it stands; nothing else tells that somebody was here.
    private static func trace(in place: VisibilityPlace) -> Sight {
        switch place {
        case .forum, .feed: .formerMember
        case .profile, .directory, .search, .metaTags, .sitemap, .mail, .api: .nothing
        }
    }

    private static func isOpen(_ field: ProfileField, to viewer: Viewer, in place: VisibilityPlace) -> Bool {
        switch (audience(of: field, in: place), viewer) {
        case (.everybody, _): true
        case (.members, .member), (.members, .moderator), (.members, .administrator), (.members, .auditor): true
        case (.members, .visitor), (.members, .unconfirmed): false
        case (.nobody, _): false
        }
    }

    private enum Audience { case everybody, members, nobody }

    /// Who sees a field of a present member in a place, as far as the member lets it be seen.
    private static func audience(of field: ProfileField, in place: VisibilityPlace) -> Audience {
        switch field {
        case .username:
            switch place {
            case .forum, .feed: .everybody
            case .profile, .directory, .search, .metaTags: .members
            case .sitemap, .mail, .api: .nobody
            }
        case .municipality, .name:
            switch place {
            case .profile, .directory, .search: .members
            case .forum, .feed, .metaTags, .sitemap, .mail, .api: .nobody
            }
        case .age, .sex:
            switch place {
            case .profile: .members
            case .forum, .directory, .search, .feed, .metaTags, .sitemap, .mail, .api: .nobody
            }
        case .email, .password, .address, .personalIdentityNumber: .nobody
        }
    }
}

/// Who looks.
package enum Viewer: CaseIterable, Sendable {
    case visitor
    /// Has signed up and not confirmed the address: sees what visitors see.
    case unconfirmed
    case member, moderator, administrator, auditor
}

/// How a field of the person who is looked at is to be judged.
package enum PersonState: CaseIterable, Sendable {
    /// A member who shows it, or has no switch for it.
    case active
    /// A member whose switch for it is off.
    case hidden
    /// A member with a protected identity.
    case protected
    case deactivated, closed, purged
    /// Not a member yet, and perhaps never.
    case applicant
}

/// Where something of a member might be seen.
package enum VisibilityPlace: CaseIterable, Sendable {
    /// Wherever members have written: threads, lists of threads, quotes, mentions, who did what.
    case forum
    /// The member's own page. Whoever sees a username here may open the page.
    case profile
    case directory, search, feed, sitemap
    /// A page's title and the description that search engines read.
    case metaTags
    /// What is sent to somebody else.
    case mail
    /// What programs read: checkpoints, tiles, measurements.
    case api
}

/// What a viewer sees of a field.
package enum Sight: Sendable {
    case shown
    /// "Uppgift saknas", as if nobody knew.
    case unknown
    /// "Tidigare medlem"
    case formerMember
    case nothing
}

/// Who looks, and where.
package struct Viewpoint: Sendable {
    package let viewer: Viewer
    package let place: VisibilityPlace
    /// What the policy in force lets be seen at all. It narrows a page at once, while the views are still being built anew.
    private let shown: ShownFields?

    /// - Parameter shown: nil where nothing but usernames is looked at.
    package init(_ viewer: Viewer, in place: VisibilityPlace, showing shown: ShownFields? = nil) {
        self.viewer = viewer
        self.place = place
        self.shown = shown
    }

    package func sight(of field: ProfileField, of person: PersonState) -> Sight {
        VisibilityMatrix.sight(of: field, of: person, to: viewer, in: place)
    }

    package func sees(_ field: ProfileField, of person: PersonState = .active) -> Bool {
        shown?.contains(field) != false && sight(of: field, of: person) == .shown
    }
}
