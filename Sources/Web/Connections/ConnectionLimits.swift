/// How many connections are open at once, and from where.
package struct ConnectionLimits: Hashable, Sendable {
    /// All together; lowered to fit the limit of file descriptors.
    package var total = 8000
    /// From one address; through a trusted proxy, requests under way of one forwarded address.
    package var perAddress = 200
    /// From one /64 of IPv6, all its addresses together.
    package var perNetwork = 400

    package init(total: Int = 8000, perAddress: Int = 200, perNetwork: Int = 400) {
        self.total = total
        self.perAddress = perAddress
        self.perNetwork = perNetwork
    }

    /// The limits that leave room for files, pipes and sockets of other kinds: a quarter of the descriptors, and 64 more.
    package func fitting(descriptors: Int) -> ConnectionLimits {
        var limits = self
        limits.total = min(total, max(descriptors * 3 / 4 - 64, 16))
        return limits
    }
}
