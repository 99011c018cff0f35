package import HTTPTypes
package import NIOHTTP1

/// Why a request is refused before it reaches the site; the connection is closed after the response.
package enum RequestRefusal: Error, Hashable, Sendable {
    case malformed, tooSlow, tooLarge, targetTooLong, headTooLarge, expectation, connect
    /// The forwarded client has too many pending requests.
    case tooMany

    /// - Parameter hasTarget: whether the first line was within its limit, so that the header fields were too large.
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

    /// The error that the response page shows.
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
