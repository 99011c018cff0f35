/// Why a request fails; thrown by handlers and rendered as an error page.
package enum PageError: Error, Hashable, Sendable {
    case malformed(Malformation)
    /// The page is for members, and the visitor is not signed in.
    case signInNeeded
    /// The member has to accept a new version of the texts first (P-01.3).
    case textsNotAccepted
    /// The administrator has to set up two-factor sign-in first.
    case twoFactorNeeded
    case forbidden
    /// A matter for the staff that concerns the reader herself (P-08.2); `roles` are the roles that may handle it.
    case ownMatter(roles: Set<String>)
    /// Nothing exists there, or this reader must not know that it does.
    case notFound
    /// The same form was sent before with different content.
    case alreadySent
    /// The present state forbids it; `reason` is a sentence for the reader.
    case refused(reason: String)
    case methodNotAllowed(allowed: [String])
    case tooLarge(limit: Int)
    case wrongContentType
    case tooMany(retryAfter: Int)
    case outOfOrder
    case unavailable

    package enum Malformation: Hashable, Sendable {
        case encoding, repeatedField, tooManyFields, query
        /// The request did not arrive in time.
        case tooSlow
        /// The form does not come from a page of this visitor, or the page is too old.
        case formToken
    }

    package var status: Int {
        switch self {
        case .malformed(.formToken), .forbidden, .ownMatter, .textsNotAccepted, .twoFactorNeeded: 403
        case .malformed: 400
        case .signInNeeded: 401
        case .notFound: 404
        case .alreadySent, .refused: 409
        case .methodNotAllowed: 405
        case .tooLarge: 413
        case .wrongContentType: 415
        case .tooMany: 429
        case .outOfOrder: 500
        case .unavailable: 503
        }
    }

    /// The value of `Retry-After`, in seconds.
    package var retryAfter: String? {
        switch self {
        case .tooMany(let seconds): String(seconds)
        case .unavailable: "60"
        case .malformed, .signInNeeded, .textsNotAccepted, .twoFactorNeeded, .forbidden, .ownMatter, .notFound,
            .alreadySent, .refused, .methodNotAllowed, .tooLarge, .wrongContentType, .outOfOrder:
            nil
        }
    }

    /// For errors of libraries, which carry only a status.
    package init(status: Int) {
        switch status {
        case 401: self = .signInNeeded
        case 403: self = .forbidden
        case 404, 410: self = .notFound
        case 405: self = .methodNotAllowed(allowed: ["GET", "HEAD"])
        case 413: self = .tooLarge(limit: FormLimit.standard)
        case 415: self = .wrongContentType
        case 429: self = .tooMany(retryAfter: 60)
        case 503: self = .unavailable
        case 400..<500: self = .malformed(.encoding)
        default: self = .outOfOrder
        }
    }
}

/// The size limit of a form, in bytes.
package enum FormLimit {
    package static let standard = 256 * 1024
    /// For a form that also carries an `UnsentForm` in hidden fields.
    package static let carrying = standard + 16 * 1024
}
