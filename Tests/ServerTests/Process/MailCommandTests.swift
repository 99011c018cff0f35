import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Mail at the shell` {
    @Test
    func `that waits since a restore is let go by the operator, and the log says so, with and without a running site`()
        async throws
    {
        let alone = try await ProgramSite()
        let served = try alone.copy()
        let server = try await served.serve()
        for site in [alone, served] {
            try QuarantinedMail(in: site.files.data).hold(through: 7)
            let released = try await site.run("mail", "release")
            #expect(released.status == 0 && released.output == "Mail from before the restore may go out now.\n")
            let outbox = try site.events(in: StreamName("outbox")).filter { $0.contains("mail.released") }
            #expect(outbox.count == 1 && outbox[0].contains("operator {\"through\":7}"))
            #expect(QuarantinedMail(in: site.files.data).through == nil)
            let again = try await site.run("mail", "release", "--json")
            #expect(again.status == 0 && again.output == "{\"released\":false}\n")
            #expect(try site.events(in: StreamName("outbox")).count { $0.contains("mail.released") } == 1)
        }
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test(.clause("P-18.1")) func `that came is read by a process of the running site, and its sender gets a receipt`()
        async throws
    {
        let site = try await ProgramSite()
        let inbox = site.directory.appending(path: "inbox")
        for folder in ["new", "cur", "tmp"] {
            try FileManager.default.createDirectory(
                at: inbox.appending(path: folder), withIntermediateDirectories: true)
        }
        let waiting = inbox.appending(path: "new/1")
        try FileManager.default.copyItem(at: project.appending(path: "Fixtures/mail/htmlonly.eml"), to: waiting)
        let server = try await site.serve(environment: ["MIKROFORETAG_MAIL_INCOMING": inbox.path])
        let sent = site.directory.appending(path: "mail/new")
        var mails: [String] = []
        while FileManager.default.fileExists(atPath: waiting.path)
            || !mails.contains(where: { $0.contains("To: <htmlonly@kund.example>") })
        {
            try #require(server.isRunning)
            try await Task.sleep(for: .milliseconds(20))
            let files = try? FileManager.default.contentsOfDirectory(at: sent, includingPropertiesForKeys: nil)
            mails = (files ?? []).compactMap { try? String(contentsOf: $0, encoding: .utf8) }
        }
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }
}
