/// Who may see what of a member, where, and when: the one table that every page, query and view consults (P-08.7, P-11, P-16.2).
///
/// The administration of members is not covered: there each viewing is recorded first (`ViewData`).
package enum VisibilityMatrix {
    package static func sight(
        of field: ProfileField, of person: PersonState, to viewer: Viewer, in place: VisibilityPlace
    ) -> Sight {
        isOpen(field, to: viewer, in: place) ? sight(of: field, of: person, in: place) : .nothing
    }

    /// Whether any viewer sees it anywhere; other fields are left out of the views.
    package static func isShown(_ field: ProfileField, of person: PersonState) -> Bool {
        VisibilityPlace.allCases.contains { place in
            Viewer.allCases.contains { sight(of: field, of: person, to: $0, in: place) == .shown }
        }
    }

    /// How a field appears in the person's state to a viewer who may see it in this place.
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
        case (_, .email), (_, .password), (_, .personalIdentityNumber): .nothing
        }
    }

    /// Texts stay where they were written, by a former member; other places show no trace of her.
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

    /// The audience of an active member's field in a place, if she shows it.
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
        case .email, .password, .personalIdentityNumber: .nobody
        }
    }
}

/// The kind of viewer.
package enum Viewer: CaseIterable, Sendable {
    case visitor
    /// Has signed up and not confirmed the address: sees what visitors see.
    case unconfirmed
    case member, moderator, administrator, auditor
}

/// The state by which a field of the person viewed is judged.
package enum PersonState: CaseIterable, Sendable {
    /// A member who shows the field, or has no switch for it.
    case active
    /// A member whose switch for the field is off.
    case hidden
    /// A member with a protected identity.
    case protected
    case deactivated, closed, purged
    /// Not a member yet, and perhaps never.
    case applicant
}

/// A place where a member's data might be visible.
package enum VisibilityPlace: CaseIterable, Sendable {
    /// Where members write: threads, thread lists, quotes, mentions, lists of who did what.
    case forum
    /// The member's own page. A viewer who sees a username here may open the page.
    case profile
    case directory, search, feed, sitemap
    /// A page's title and the description that search engines read.
    case metaTags
    /// Mail to another person.
    case mail
    /// Machine-readable output: checkpoints, tiles, metrics.
    case api
}

/// How a field appears to a viewer.
package enum Sight: Sendable {
    case shown
    /// Shown as "Uppgift saknas", as if the value were not known.
    case unknown
    /// Shown as "Tidigare medlem".
    case formerMember
    case nothing
}

/// A viewer and a place.
package struct Viewpoint: Sendable {
    package let viewer: Viewer
    package let place: VisibilityPlace
    /// The fields that the policy in force makes visible at all. Restricts a page at once, while the views are still being rebuilt.
    private let shown: ShownFields?

    /// - Parameter shown: nil where only usernames are shown.
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
