import Events
import Foundation
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-18.1")) struct `A mail that cannot be read` {
    private static let pdf = Letter(text: "JVBERi0xLjQ=", type: "application/pdf")

    @Test func `is a case, and kept as it came for those who may handle it`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Self.pdf)
            let receipt = try #require(try await site.mails().first)
            #expect(receipt.body.contains("en människa öppnar det"))
            let id = try await site.newest()
            let astrid = try await site.browser(as: "astrid")
            let place = "/admin/arende/\(id)/mejl/1"
            #expect(try await astrid.get("/admin/arende/\(id)").contains("Ladda ner mejlet som det kom"))
            let file = try await astrid.get(place)
            #expect(file.text.contains("JVBERi0xLjQ=") && file.text.contains("From: Ute <ute@example.se>"))
            #expect(file["Content-Type"] == "application/octet-stream")
            #expect(file["Content-Disposition"]?.hasPrefix("attachment; filename=\"arende-") == true)
            #expect(file["X-Content-Type-Options"] == "nosniff")
            for (name, status) in [("moa", 403), (nil, 303)] {
                #expect(try await site.browser(as: name).get(place).status == status)
            }
            #expect(try await astrid.get("/admin/arende/\(id)/mejl/2").status == 404)
        }
    }

    @Test(.clause("P-16.3")) func `is erased with its case, file and all`() async throws {
        try await CaseSite.visited { site async throws in
            func examined() throws -> Examination {
                try #require(
                    SiteExaminations(files: site.application.files).all().first { $0.name == "sealed files" })
            }
            try await site.receive(Self.pdf)
            let id = try await site.newest()
            let folder = site.application.files.blobs.path
            #expect(try examined().verdict == .ok && examined().words.contains("1, all whole"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
            site.work.mail.removeOrphans()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
            try await site.application.messaging.erase(
                id, because: .authorsRequest, by: site.member("astrid"), command: CommandID(at: site.time.now))
            try await ErasureWorker(application: site.application, site: site.account.site).work()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            #expect(try examined().words.contains("0, all whole"))
            try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/\(id)-half.new"))
            #expect(try examined().verdict == .warning)
            site.work.mail.removeOrphans()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func `and says not who sent it is a case that nobody can be answered in`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive("Subject: utan avsändare\nContent-Type: text/plain\n\nHej\n")
            #expect(try await site.openCases() == 1)
            #expect(try await site.mails().isEmpty)
            let id = try await site.newest()
            #expect(try site.file(id).contact == nil)
            #expect(try await site.browser(as: "astrid").get("/admin/arende/\(id)").contains("Ett svar når ingen"))
        }
    }

    @Test func `because it is too large is a case with its subject, and the sender is told`() async throws {
        try await CaseSite.visited { site async throws in
            let text = Letter(subject: "Bilder från mässan", text: "Se bilderna").words
            let padding = Data(repeating: UInt8(ascii: "A"), count: IncomingMailWorker.largestKept)
            try (Data(text.utf8) + padding).write(to: URL(fileURLWithPath: site.inbox + "/new/1"))
            await site.work.work()
            let id = try await site.newest()
            #expect(try await site.mails().first?.body.contains("bara läste ämnesraden") == true)
            let page = try await site.browser(as: "astrid").get("/admin/arende/\(id)")
            #expect(page.contains("Bilder från mässan") && !page.contains("Se bilderna"))
            #expect(site.work.mail.unreadableCount == 1, "larger than what is kept in a case")
        }
    }

    @Test func `because of its length is shortened, and kept whole`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter(text: String(repeating: "Mycket text. ", count: 1000) + "SLUT"))
            let id = try await site.newest()
            let astrid = try await site.browser(as: "astrid")
            #expect(try await !astrid.get("/admin/arende/\(id)").contains("SLUT"))
            #expect(try await astrid.get("/admin/arende/\(id)/mejl/1").text.contains("SLUT"))
        }
    }
}
