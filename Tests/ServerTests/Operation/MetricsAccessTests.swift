import Events
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Who reads the metrics` {
    private func status(_ headers: HTTPFields, token: MetricsToken? = nil) async throws -> Int {
        let site = try await StaffedSite()
        let served = try WebEnvironment(of: site.application, trustedProxies: ["127.0.0.1"], metricsToken: token)
        var routes = Routes()
        OperationController(application: site.application).add(to: &routes)
        let status = Guarded(0)
        try await served.serving(routes, over: .live) { client async throws in
            let answer = try await client.executeRequest(uri: "/metrics", method: .get, headers: headers, body: nil)
            status.update { $0 = answer.status.code }
        }
        await site.close()
        return status.value
    }

    @Test func `is a program on this machine`() async throws { #expect(try await status([:]) == 200) }

    @Test(arguments: [
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP", "X-Forwarded",
    ])
    func `is nobody for whom a proxy asks, trusted or not`(field: String) async throws {
        let name = try #require(HTTPField.Name(field))
        #expect(try await status([name: "127.0.0.1"]) == 404)
    }

    @Test func `is also who shows the token, from wherever`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("0123456789abcdef-secret\n".utf8).write(to: file)
        let token = try MetricsToken(file: file.path)
        for (shown, expected) in [
            ("Bearer 0123456789abcdef-secret", 200), ("bearer 0123456789abcdef-secret", 200),
            ("Bearer 0123456789abcdef-secreT", 404), ("Bearer", 404), ("Basic 0123456789abcdef-secret", 404),
            ("0123456789abcdef-secret", 404),
        ] {
            let headers: HTTPFields = [.xForwardedFor: "192.0.2.1", .authorization: shown]
            #expect(try await status(headers, token: token) == expected, "\(shown)")
        }
    }

    @Test func `a token that can be guessed, or is not there, stops the start`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(throws: ConfigurationError("metrics.tokenFile: the file \(file.path) cannot be read")) {
            try MetricsToken(file: file.path)
        }
        try Data("short\n".utf8).write(to: file)
        #expect(throws: ConfigurationError.self) { try MetricsToken(file: file.path) }
    }
}
