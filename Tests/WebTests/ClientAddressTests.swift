import Events
import NIOCore
import Testing

@testable import Web

@Suite struct `The address of a connection` {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8::7", "2001:db8::7"), ("::ffff:192.0.2.7", "192.0.2.7"),
    ])
    func `is that of its socket, and IPv4 inside IPv6 is IPv4`(socket: String, address: String) throws {
        let found = ClientAddress(try SocketAddress(ipAddress: socket, port: 8080))
        #expect(found != nil && found == ClientAddress(address))
    }

    @Test func `is none for a socket in the file system`() throws {
        #expect(ClientAddress(try SocketAddress(unixDomainSocketPath: "/run/site")) == nil)
        #expect(ClientAddress(nil as SocketAddress?) == nil)
    }
}
