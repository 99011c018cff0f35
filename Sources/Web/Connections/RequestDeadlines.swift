package import NIOCore

/// Time limits for a client, in real time, not by the site's clock, because they bound the cost of a connection.
package struct RequestDeadlines: Sendable {
    /// From a request's first byte to the end of its head, and from the start of the connection to its first request.
    package var head = TimeAmount.seconds(20)
    /// From a response to the next request's first byte.
    var idle = TimeAmount.seconds(60)
    /// For a request's body, plus one second for each `bodyRate` bytes received.
    package var body = TimeAmount.seconds(20)
    var bodyRate = 1024
    /// Upper limit for a body.
    package var longestBody = TimeAmount.seconds(120)
    /// For a client that reads none of the buffered output.
    var stall = TimeAmount.seconds(30)
    /// From the last response to closing the connection; input received in that time is dropped.
    var linger = TimeAmount.seconds(2)
    /// At shutdown, for requests still being read and for responses that the client does not read.
    var stopping = TimeAmount.seconds(5)

    package init() {}

    package func body(after received: Int) -> TimeAmount {
        min(body + .seconds(Int64(received / bodyRate)), longestBody)
    }
}

/// Size limits of a request, in bytes except `headFields`.
enum RequestBounds {
    static let target = 8 * 1024
    static let headField = 16 * 1024
    static let head = 32 * 1024
    static let headFields = 100
    /// Larger than any form limit, so that the form's handler can report a form that is too large.
    static let body = 4 * FormLimit.standard
    /// The whole request as received: a body in small chunks takes many times its length.
    static let bytes = 8 * body
    /// The kernel's send buffer for responses not yet read; a client that reads less than a third of it within `stall` is disconnected.
    static let sendBuffer = 128 * 1024
}
