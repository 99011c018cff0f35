package import ServiceLifecycle
package import Web

extension WebServer<Front> {
    /// A server that answers with a front.
    package init(
        _ front: Front, host: String, port: Int, tls: TLSFiles = TLSFiles(),
        deadlines: RequestDeadlines = RequestDeadlines(), services: [any Service] = [],
        whenListening: @escaping @Sendable () -> Void = {}
    ) throws {
        try self.init(
            front, host: host, port: port, tls: tls,
            guarding: GuardedSite(
                connections: front.site.connections, trustedProxies: front.site.trustedProxies,
                answer: { front.page(for: $0, from: $1) }),
            memory: { front.answerFromMemory($0, from: $1) }, deadlines: deadlines, services: services,
            logger: front.site.logger, whenListening: whenListening)
    }
}
