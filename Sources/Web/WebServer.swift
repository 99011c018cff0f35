package import Events
import Foundation
package import HTTPTypes
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
package import ServiceLifecycle

/// Paths of the TLS certificate chain and the private key, in PEM.
package struct TLSFiles: Hashable, Sendable {
    package var certificate: String?
    package var key: String?
    package var hstsSubdomains = false

    package init(certificate: String? = nil, key: String? = nil, hstsSubdomains: Bool = false) {
        self.certificate = certificate
        self.key = key
        self.hstsSubdomains = hstsSubdomains
    }
}

/// The request context of Hummingbird, with the address of the peer.
package struct ConnectionContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package let peer: ClientAddress

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = ClientAddress(source.channel.remoteAddress) ?? .unknown
    }
}

/// An HTTP server, plain or with TLS; on shutdown it finishes pending requests first.
package struct WebServer<Responder: HTTPResponder> where Responder.Context == ConnectionContext {
    package typealias Memory = @Sendable (HTTPRequest, _ peer: ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)?

    package let application: Application<Responder>

    /// - Parameters:
    ///   - memory: the response for a cached page, or nil; called on the event loop.
    ///   - deadlines: time limits for a client.
    ///   - services: run together with the server and are stopped after it.
    ///   - whenListening: called once, when the server accepts requests and handles signals.
    /// - Throws: `ConfigurationError` for TLS files that cannot be used.
    package init(
        _ responder: Responder, host: String, port: Int, tls: TLSFiles = TLSFiles(), guarding site: GuardedSite,
        memory: @escaping Memory, deadlines: RequestDeadlines = RequestDeadlines(), services: [any Service] = [],
        logger: Logger, whenListening: @escaping @Sendable () -> Void = {}
    ) throws {
        application = Application(
            responder: responder,
            server: try WebServer.channels(tls, site, memory, deadlines),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), backlog: 1024),
            services: services,
            onServerRunning: { server in
                await ConnectionAdmission.install(on: server, site.connections, logger: logger)
                whenListening()
            }, logger: logger)
    }

    /// Serves until SIGTERM or SIGINT.
    package func run() async throws { try await application.runService() }

    /// Serves until the task is cancelled; signals are left to the process's main server.
    package func runUntilCancelled() async throws { try await application.runService(gracefulShutdownSignals: []) }

    private static func channels(
        _ files: TLSFiles, _ site: GuardedSite, _ memory: @escaping Memory, _ deadlines: RequestDeadlines
    ) throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder { responder in
            let channel = HTTP1Channel(
                responder: responder,
                configuration: .init(
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: RequestBounds.headField, maxHeaderListSize: RequestBounds.head,
                        maxHeaderFieldCount: RequestBounds.headFields)))
            let guarded = GuardedChannel(base: channel, site: site, deadlines: deadlines)
            return OwnLoopChannel(base: MemoryFirstChannel(base: guarded, answer: memory))
        }
        guard let certificate = files.certificate, let key = files.key else { return plain }
        let chain = try pem(certificate)
        let secret = try pem(key)
        do {
            let configuration = try TLSConfiguration.strict(chain: chain, key: secret)
            // Only creating a context checks that the key matches the certificate.
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
        // For TLS 1.2; all suites of 1.3 have both properties.
        configuration.cipherSuiteValues = [
            .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        ]
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
