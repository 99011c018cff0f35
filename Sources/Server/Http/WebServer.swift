import Configuration
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
import ServiceLifecycle

/// The site as a server: plain or with TLS, until it is told to stop; requests under way are finished first.
struct WebServer {
    let application: Application<Front>

    /// - Parameters:
    ///   - services: run beside the server and are stopped after it.
    ///   - whenListening: called once, when requests are answered and a signal would be obeyed.
    init(
        site: Site, routes: Routes, configuration: SiteConfiguration, services: [any Service] = [],
        whenListening: @escaping @Sendable () -> Void = {}
    ) throws {
        var routes = routes
        routes.addKitRoutes()
        let front = Front(site: site, routes: routes, isSecure: configuration.servesTLS)
        application = Application(
            responder: front,
            server: try WebServer.channels(configuration.tls, front),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
                availableConnectionsDelegate: .maximum(10_000, logger: site.logger)),
            services: services, onServerRunning: { _ in whenListening() }, logger: site.logger)
    }

    /// Serves until SIGTERM or SIGINT.
    func run() async throws { try await application.runService() }

    /// Serves beside another server, which is the one that signals stop.
    func runUntilCancelled() async throws { try await application.runService(gracefulShutdownSignals: []) }

    /// A connection that says nothing is closed after a minute; so is one whose header never ends.
    private static func channels(_ files: SiteConfiguration.TLSFiles, _ front: Front) throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder { responder in
            let channel = HTTP1Channel(
                responder: responder,
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)))
            return OwnLoopChannel(base: MemoryFirstChannel(base: channel, front: front))
        }
        guard let certificate = files.certificate, let key = files.key else { return plain }
        let reader = ConfigReader(
            provider: InMemoryProvider(values: [
                "tls.certificateChain": .init(stringLiteral: try pem(certificate)),
                "tls.privateKey": .init(stringLiteral: try pem(key)),
            ]))
        do {
            let configuration = try TLSChannelConfiguration(reader: reader)
            // Only making a context finds out whether the key is the certificate's.
            _ = try NIOSSLContext(configuration: configuration.tlsConfiguration)
            return try .tls(plain, configuration: configuration)
        } catch {
            throw ConfigurationError("the certificate \(certificate) and the key \(key) do not make a pair in PEM")
        }
    }

    private static func pem(_ path: String) throws(ConfigurationError) -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError("the file \(path) cannot be read")
        }
        return text
    }
}

extension Routes {
    /// What every site answers, whatever its pages.
    mutating func addKitRoutes() {
        get(.health, limit: nil) { _, _ in .text("ok\n") }
        get(.asset, limit: nil) { request, context in
            guard let asset = context.visit.site.assets.asset(named: try context.place("name")) else {
                throw PageError.notFound
            }
            return asset.response(to: request)
        }
    }
}
