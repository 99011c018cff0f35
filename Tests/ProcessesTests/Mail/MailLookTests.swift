import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import SiteMap

@Suite struct `A mail as HTML` {
    private let sheet = MailSheet(
        siteName: "Mikroföretag", controller: Controller(), baseURL: BaseURL("https://example.org")!)

    private var mail: MailText {
        MailText(
            subject: "Nytt & gammalt",
            parts: [
                .text("Hej <b>du</b>!"), .link("Läs svaret", to: .notifications),
                .link("Välj mejl", to: .mailPreferences),
            ], reason: "Du får mejlet för att du har valt det.")
    }

    @Test(.clause("P-15.1")) func `has the message first, then a footer with the reason, the way out and the sender`()
        throws
    {
        let html = sheet.html(mail, leaving: .unsubscribe(token: "t"))
        let places = try ["Hej &lt;b&gt;du&lt;/b&gt;!", "Läs svaret", "Du får mejlet", "/avregistrera/t", "drivs av"]
            .map {
                try #require(html.firstRange(of: $0)?.lowerBound, "\($0)")
            }
        #expect(places == places.sorted())
        let footer = try #require(html.firstRange(of: "class=\"footer\""))
        #expect(footer.lowerBound > places[1] && footer.lowerBound < places[2])
        #expect(!html.contains("<b>du"))
    }

    @Test func `looks like the site in light and dark, and loads nothing`() {
        let html = sheet.html(mail)
        #expect(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"))
        #expect(html.contains("@media (prefers-color-scheme: dark)") && html.contains("class=\"button\""))
        #expect(html.ranges(of: "class=\"button\"").count == 1, "what the mail is about, and no other link")
        for source in ["src=", "url(", "<img", "<link", "<script", "@import"] { #expect(!html.contains(source)) }
    }

    @Test func `says the same as its plain text`() {
        let plain = sheet.plain(mail)
        for words in ["Läs svaret:\nhttps://example.org/aviseringar", "Du får mejlet", "Mikroföretag drivs av"] {
            #expect(plain.contains(words))
        }
    }
}
