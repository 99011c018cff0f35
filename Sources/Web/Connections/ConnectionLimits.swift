/// Limits on the number of open connections.
package struct ConnectionLimits: Hashable, Sendable {
    /// In total; lowered to fit the limit of file descriptors.
    package var total = 8000
    /// From one address; behind a trusted proxy, pending requests of one forwarded client.
    package var perAddress = 200
    /// From one IPv6 /64 network.
    package var perNetwork = 400

    package init(total: Int = 8000, perAddress: Int = 200, perNetwork: Int = 400) {
        self.total = total
        self.perAddress = perAddress
        self.perNetwork = perNetwork
    }

    /// The limits with `total` lowered to leave a quarter of the descriptors and 64 more for files, pipes and other sockets.
    package func fitting(descriptors: Int) -> ConnectionLimits {
        var limits = self
        limits.total = min(total, max(descriptors * 3 / 4 - 64, 16))
        return limits
    }
}
