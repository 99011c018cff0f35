package import Events
import Synchronization

/// Counts open connections per address and network, and pending requests per forwarded client, and enforces the limits.
package final class ConnectionCounts: Sendable {
    private struct State {
        var open = 0
        var refused = 0
        var byAddress: [ClientAddress: Int] = [:]
        var byNetwork: [ClientAddress: Int] = [:]
        var requests: [ClientAddress: Int] = [:]
    }

    package let limits: ConnectionLimits
    private let proxies: TrustedProxies
    private let state = Mutex(State())

    /// - Parameter proxies: connections from them count only towards the total.
    package init(_ limits: ConnectionLimits = ConnectionLimits(), proxies: TrustedProxies = TrustedProxies(ranges: []))
    {
        self.limits = limits
        self.proxies = proxies
    }

    package var open: Int { state.withLock { $0.open } }

    /// Connections and requests refused since the start.
    package var refused: Int { state.withLock { $0.refused } }

    /// - Returns: false when the connection must be closed at once; it is then not counted, and `end` must not be called.
    package func begin(from address: ClientAddress) -> Bool {
        state.withLock { state in
            guard state.open < limits.total, hasRoom(for: address, in: state) else {
                state.refused += 1
                return false
            }
            state.open += 1
            guard isCounted(address) else { return true }
            state.byAddress[address, default: 0] += 1
            if address.isIPv6 { state.byNetwork[address.network, default: 0] += 1 }
            return true
        }
    }

    package func end(from address: ClientAddress) {
        state.withLock { state in
            state.open -= 1
            guard isCounted(address) else { return }
            ConnectionCounts.takeOne(address, from: &state.byAddress)
            if address.isIPv6 { ConnectionCounts.takeOne(address.network, from: &state.byNetwork) }
        }
    }

    /// - Returns: false when the request must be answered with 503; it is then not counted, and `endRequest` must not be called.
    func beginRequest(of client: ClientAddress) -> Bool {
        state.withLock { state in
            guard state.requests[client, default: 0] < limits.perAddress else {
                state.refused += 1
                return false
            }
            state.requests[client, default: 0] += 1
            return true
        }
    }

    func endRequest(of client: ClientAddress) {
        state.withLock { ConnectionCounts.takeOne(client, from: &$0.requests) }
    }

    private func isCounted(_ address: ClientAddress) -> Bool { address != .unknown && !proxies.isTrusted(address) }

    private func hasRoom(for address: ClientAddress, in state: State) -> Bool {
        guard isCounted(address) else { return true }
        return state.byAddress[address, default: 0] < limits.perAddress
            && (!address.isIPv6 || state.byNetwork[address.network, default: 0] < limits.perNetwork)
    }

    private static func takeOne(_ address: ClientAddress, from counts: inout [ClientAddress: Int]) {
        let rest = counts[address, default: 1] - 1
        counts[address] = rest > 0 ? rest : nil
    }
}
