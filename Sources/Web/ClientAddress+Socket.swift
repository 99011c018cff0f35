package import Events
package import NIOCore

extension ClientAddress {
    /// Nil for anything but an IPv4 or IPv6 address.
    package init?(_ address: SocketAddress?) {
        // Read as text: the members of `sockaddr_in` belong to whichever C module is imported first.
        guard let text = address?.ipAddress else { return nil }
        self.init(text)
    }
}
