import CNIOLinux
package import Events
import Foundation
package import NIOCore

extension ClientAddress {
    /// Nil for anything but an IPv4 or IPv6 address.
    package init?(_ address: SocketAddress?) {
        switch address {
        case .v4(let four)?: self.init(four.address.sin_addr)
        case .v6(let six)?: self.init(six.address.sin6_addr)
        case .unixDomainSocket?, nil: return nil
        }
    }
}
