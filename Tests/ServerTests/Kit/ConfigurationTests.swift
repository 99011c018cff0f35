import Events
import Foundation
import Logging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Configuring the site` {
    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "site-\(UUID().uuidString).yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func `flags win over the environment, the environment over the file, the file over the defaults`() throws {
        let path = try file("port: 1\nhost: 10.0.0.1\nsiteName: Fil\ncontroller:\n  name: Filbolaget\n")
        let configuration = try SiteConfiguration(
            file: path, environment: ["MIKROFORETAG_PORT": "2", "MIKROFORETAG_HOST": "10.0.0.2", "PATH": "x"],
            flags: ["port": "3"])
        #expect(configuration.port == 3)
        #expect(configuration.host == "10.0.0.2")
        #expect(configuration.siteName == "Fil")
        #expect(configuration.controller.name == "Filbolaget")
        #expect(configuration.controller.email == "info@example.org")
    }

    @Test func `lists, limits and choices are read from file and environment alike`() throws {
        let path = try file(
            """
            trustedProxies: [127.0.0.1, "10.0.0.0/8"]
            limits:
              signIn: 5 per hour
              read: off
            mail:
              smtp: {host: localhost, port: 25, security: none}
            logLevel: warning
            """)
        let configuration = try SiteConfiguration(
            file: path, environment: ["MIKROFORETAG_CONTROLLER_INBOXES": "a@example.org, b@example.org"])
        #expect(configuration.trustedProxies.map(\.description) == ["127.0.0.1", "10.0.0.0/8"])
        #expect(configuration.limits[.signIn] == RateLimit(5, per: .hour))
        #expect(configuration.limits[.read] == nil)
        #expect(configuration.mail.smtpSecurity == .none)
        #expect(configuration.controller.inboxes == ["a@example.org", "b@example.org"])
        #expect(configuration.logLevel == .warning)
    }

    @Test(arguments: [
        ("port: 80\nprot: 1\n", "no setting is called prot (FILE, line 2)"),
        ("mail:\n  smtp:\n    hots: x\n", "no setting is called mail.smtp.hots (FILE, line 3)"),
        ("port: x\n", "port in FILE, line 1 cannot be \"x\""),
        ("port: [1, 2]\n", "port in FILE, line 1 should be one text"),
        ("mail: x\n", "no setting is called mail (FILE, line 1)"),
        ("port: 70000\n", "port and mail.smtp.port are numbers up to 65535"),
        ("- a\n", "FILE has no settings: it should be `name: value` line by line"),
        ("trustedProxies: [x]\n", "trustedProxies in FILE, line 1 cannot be \"x\""),
        ("tls:\n  key: k.pem\n", "tls.certificate and tls.key go together: give both or neither"),
        (
            "mail:\n  smtp:\n    host: relay.example.org\n    security: none\n",
            "mail.smtp.security may be none only when mail.smtp.host is this machine"
        ),
        ("baseURL: ftp://x\n", "baseURL in FILE, line 1 cannot be \"ftp://x\""),
    ])
    func `a mistake is named with its place`(text: String, message: String) throws {
        let path = try file(text)
        let error = #expect(throws: ConfigurationError.self) { try SiteConfiguration(file: path) }
        #expect(error?.description == message.replacing("FILE", with: path))
    }

    @Test func `broken YAML and a missing file are told in one line`() throws {
        let path = try file("a: [\n")
        let error = #expect(throws: ConfigurationError.self) { try SiteConfiguration(file: path) }
        #expect(error?.description.contains("\n") == false)
        #expect(throws: ConfigurationError("the configuration file /nowhere cannot be read")) {
            try SiteConfiguration(file: "/nowhere")
        }
    }

    @Test func `an unknown variable of ours is an error, others are none of our business`() {
        #expect(throws: ConfigurationError("no setting belongs to the environment variable MIKROFORETAG_PROT")) {
            try SiteConfiguration(environment: ["MIKROFORETAG_PROT": "1", "PORT": "x"])
        }
    }

    @Test func `names of variables follow from the names of settings`() {
        let variables = Dictionary(uniqueKeysWithValues: SiteConfiguration.settings.map { ($0.key, $0.variable) })
        #expect(variables["baseURL"] == "MIKROFORETAG_BASE_URL")
        #expect(variables["mail.smtp.passwordFile"] == "MIKROFORETAG_MAIL_SMTP_PASSWORD_FILE")
        #expect(Set(variables.values).count == SiteConfiguration.settings.count)
    }

    @Test func `the manual lists every setting as it is`() throws {
        let manual = try String(contentsOf: project.appending(path: "README.md"), encoding: .utf8)
        for setting in SiteConfiguration.settings {
            #expect(manual.contains(setting.manualRow), "README.md lacks: \(setting.manualRow)")
        }
        #expect(manual.split(separator: "\n").filter { $0.hasPrefix("| `") }.count == SiteConfiguration.settings.count)
    }
}

extension Setting {
    /// The row of the setting in the manual's table.
    var manualRow: String {
        "| `\(key)` | `\(variable)` | \(standard.isEmpty ? "" : "`\(standard)`") | \(meaning) |"
    }
}
