package import HTTPTypes
package import NIOHTTP1

/// Why a request never reaches the site. The connection is closed after the answer.
package enum RequestRefusal: Error, Hashable, Sendable {
    case malformed, tooSlow, tooLarge, targetTooLong, headTooLarge, expectation, connect
    /// Its sender has too many requests under way.
    case tooMany

    /// - Parameter hasTarget: whether the request's first line was read whole.
    package init(_ error: HTTPParserError, hasTarget: Bool) {
        self = error == .headerOverflow ? (hasTarget ? .headTooLarge : .targetTooLong) : .malformed
    }

    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .connect: .methodNotAllowed
        case .tooSlow: .requestTimeout
        case .tooLarge: .contentTooLarge
        case .targetTooLong: .uriTooLong
        case .expectation: .expectationFailed
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .tooMany: .serviceUnavailable
        }
    }

    /// What the page says.
    package var error: PageError {
        switch self {
        case .malformed, .expectation, .headTooLarge: .malformed(.encoding)
        case .connect: .methodNotAllowed(allowed: ["GET", "HEAD", "POST"])
        case .tooSlow: .malformed(.tooSlow)
        case .tooLarge: .tooLarge(limit: FormLimit.standard)
        case .targetTooLong: .malformed(.query)
        case .tooMany: .unavailable
        }
    }
}
