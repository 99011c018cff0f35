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
    let front: Front

    /// - Parameters:
    ///   - deadlines: how long a client may take.
    ///   - services: run beside the server and are stopped after it.
    ///   - whenListening: called once, when requests are answered and a signal would be obeyed.
    init(
        site: Site, routes: Routes, configuration: SiteConfiguration, deadlines: RequestDeadlines = RequestDeadlines(),
        services: [any Service] = [],
        whenListening: @escaping @Sendable () -> Void = {}
    ) throws {
        var routes = routes
        routes.addKitRoutes()
        front = Front(site: site, routes: routes, isSecure: configuration.servesTLS)
        application = Application(
            responder: front,
            server: try WebServer.channels(configuration.tls, front, deadlines),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
            services: services,
            onServerRunning: { server in
                await ConnectionAdmission.install(on: server, site.connections, logger: site.logger)
                whenListening()
            }, logger: site.logger)
    }

    /// Serves until SIGTERM or SIGINT.
    func run() async throws { try await application.runService() }

    /// Serves beside another server, which is the one that signals stop.
    func runUntilCancelled() async throws { try await application.runService(gracefulShutdownSignals: []) }

    private static func channels(
        _ files: SiteConfiguration.TLSFiles, _ front: Front, _ deadlines: RequestDeadlines
    ) throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder { responder in
            let channel = HTTP1Channel(
                responder: responder,
                configuration: .init(
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: RequestBounds.headField, maxHeaderListSize: RequestBounds.head,
                        maxHeaderFieldCount: RequestBounds.headFields)))
            let guarded = GuardedChannel(base: channel, front: front, deadlines: deadlines)
            return OwnLoopChannel(base: MemoryFirstChannel(base: guarded, front: front))
        }
        guard let certificate = files.certificate, let key = files.key else { return plain }
        let chain = try pem(certificate)
        let secret = try pem(key)
        do {
            let configuration = try TLSConfiguration.strict(chain: chain, key: secret)
            // Only making a context finds out whether the key is the certificate's.
            _ = try NIOSSLContext(configuration: configuration)
            return try .tls(plain, tlsConfiguration: configuration)
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

extension TLSConfiguration {
    /// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only.
    fileprivate static func strict(chain: String, key: String) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(chain.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        // Of TLS 1.2; all suites of 1.3 are of this kind.
        configuration.cipherSuiteValues = [
            .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        ]
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}

extension Routes {
    /// What every site answers, whatever its pages.
    mutating func addKitRoutes() {
        get(.health, limit: nil) { _, _ in .text("ok\n") }
        get(.asset, limit: nil) { request, context in
            guard let asset = context.visit.site.assets.asset(named: try context.place("name")) else {
                // Only what exists is free.
                try context.spend(.read)
                throw PageError.notFound
            }
            return asset.response(to: request)
        }
    }
}
