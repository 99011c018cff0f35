package import NIOCore

/// How long a client may take. Real time, not the site's clock: it bounds what a connection costs.
package struct RequestDeadlines: Sendable {
    /// From a request's first byte to the end of its head; also from the connection to the first request.
    package var head = TimeAmount.seconds(20)
    /// From an answer to the next request's first byte.
    var idle = TimeAmount.seconds(60)
    /// For a request's body, and one more second for each `bodyRate` bytes of it that have come.
    package var body = TimeAmount.seconds(20)
    var bodyRate = 1024
    /// The most that a body gets.
    package var longestBody = TimeAmount.seconds(120)
    /// For a client that takes not a byte of what is written for it.
    var stall = TimeAmount.seconds(30)
    /// Between the last answer and the end: what the client was still sending is dropped.
    var linger = TimeAmount.seconds(2)
    /// What is left to requests being read, and answers not being read, when the site stops.
    var stopping = TimeAmount.seconds(5)

    package init() {}

    package func body(after received: Int) -> TimeAmount {
        min(body + .seconds(Int64(received / bodyRate)), longestBody)
    }
}

/// How large a request may be.
enum RequestBounds {
    static let target = 8 * 1024
    static let headField = 16 * 1024
    static let head = 32 * 1024
    static let headFields = 100
    /// Larger than any form, so that the page of the form says that it is too large.
    static let body = 4 * FormLimit.standard
    /// With everything around it: a body in small chunks is many times its length.
    static let bytes = 8 * body
    /// What the system keeps of an answer that is not read. A client that reads slower than a third of it in `stall` is cut off.
    static let sendBuffer = 128 * 1024
}
