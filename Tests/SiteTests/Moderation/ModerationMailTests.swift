import Accounts
import Events
import Forum
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `The author of a text` {
    private let moderator = Standing(MemberID(rawValue: 98), as: .moderator)

    @Test func `is told by mail what was removed and why, never what it said nor who did it`() async throws {
        try await Correspondents.meet { they async throws in
            let forum = they.application.forum
            let written = try await they.site.write("Köp mina bord", by: try they.moaID)
            _ = try await forum.remove(written.post, for: .spam, by: moderator, command: they.site.command())
            let mail = try await they.site.mail(to: "moa@example.se")
            #expect(mail.subject == "Vi har tagit bort ett inlägg som du skrev hos Mikroföretag")
            #expect(mail.body.contains("Skälet: reklam eller skräp.") && mail.link("/inlagg/\(written.post)") != nil)
            #expect(mail.link("/medlemsvillkor") != nil && mail.link("/kontakt") != nil)
            #expect(mail.body.contains("fattats av en människa") && mail.body.contains("går inte att välja bort"))
            #expect(!mail.body.contains("mina bord") && mail.header("List-Unsubscribe").isEmpty)
            they.site.time.advance(seconds: 60)
            _ = try await forum.reinstate(written.post, by: moderator, command: they.site.command())
            let second = try await they.site.mail(to: "moa@example.se")
            #expect(second.subject == "Ditt inlägg hos Mikroföretag syns igen")
            they.site.time.advance(seconds: 60)
            _ = try await forum.erase(
                written.post, because: .personalData, by: moderator, command: they.site.command())
            let third = try await they.site.mail(to: "moa@example.se")
            #expect(third.body.contains("Skälet: personuppgifter.") && third.body.contains("för gott"))
        }
    }

    @Test func `is not told of what she did herself, asked for, or what is undone before the mail goes`() async throws {
        try await Correspondents.meet { they async throws in
            let (forum, moa) = (they.application.forum, try they.moaID)
            let written = try await they.site.write("Köp mina bord", by: moa)
            let other = try await they.site.write("Sälj dina", by: moa)
            _ = try await they.site.accounts.mails()
            let count = try await they.site.accounts.mails().count
            _ = try await forum.erase(
                other.post, because: .authorsRequest, by: moderator, command: they.site.command())
            let own = try await they.site.write("Glöm det", by: moa)
            they.site.time.advance(seconds: 1)
            _ = try await forum.delete(own.post, by: Standing(moa, as: .moderator), command: they.site.command())
            #expect(try await they.site.accounts.mails().count == count)
            they.site.time.advance(seconds: 1)
            _ = try await forum.remove(written.post, for: .offTopic, by: moderator, command: they.site.command())
            they.site.time.advance(seconds: 1)
            _ = try await forum.reinstate(written.post, by: moderator, command: they.site.command())
            let mails = try await they.site.accounts.mails()
            #expect(mails.dropFirst(count).map(\.subject) == ["Ditt inlägg hos Mikroföretag syns igen"])
        }
    }
}
