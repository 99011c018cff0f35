/// Why a request gets no answer of its own. Thrown by handlers; the visitor sees a finished page that says so.
package enum PageError: Error, Hashable, Sendable {
    case malformed(Malformation)
    /// Nobody is signed in, and the page is for members.
    case signInNeeded
    /// The member has to accept a new version of the texts first (P-01.3).
    case textsNotAccepted
    /// The administrator has to set up two-factor sign-in first.
    case twoFactorNeeded
    case forbidden
    /// For the staff, and it concerns the reader herself (P-08.2). `roles` names those who may handle it.
    case ownMatter(roles: Set<String>)
    /// Nothing there, or nothing that this reader may know of.
    case notFound
    /// The form was sent before, with another content.
    case alreadySent
    case methodNotAllowed(allowed: [String])
    case tooLarge(limit: Int)
    case wrongContentType
    case tooMany(retryAfter: Int)
    case outOfOrder
    case unavailable

    package enum Malformation: Hashable, Sendable {
        case encoding, repeatedField, tooManyFields, query
        /// It did not come in time.
        case tooSlow
        /// The form was not one of ours, or had been lying for too long.
        case formToken
    }

    package var status: Int {
        switch self {
        case .malformed(.formToken), .forbidden, .ownMatter, .textsNotAccepted, .twoFactorNeeded: 403
        case .malformed: 400
        case .signInNeeded: 401
        case .notFound: 404
        case .alreadySent: 409
        case .methodNotAllowed: 405
        case .tooLarge: 413
        case .wrongContentType: 415
        case .tooMany: 429
        case .outOfOrder: 500
        case .unavailable: 503
        }
    }

    /// The header field that says when to try again.
    package var retryAfter: String? {
        switch self {
        case .tooMany(let seconds): String(seconds)
        case .unavailable: "60"
        case .malformed, .signInNeeded, .textsNotAccepted, .twoFactorNeeded, .forbidden, .ownMatter, .notFound,
            .alreadySent, .methodNotAllowed, .tooLarge, .wrongContentType, .outOfOrder:
            nil
        }
    }

    /// For answers of other makers that carry nothing but a status.
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

/// How many bytes a form may have.
package enum FormLimit {
    package static let standard = 256 * 1024
    /// Of a page that carries another form along.
    package static let carrying = standard + 16 * 1024
}
