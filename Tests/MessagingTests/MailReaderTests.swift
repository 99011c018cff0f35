import Testing

@testable import Messaging

@Suite struct `The reader of mail` {
    private let mail = Array("From: a@example.se\nSubject: Hej\n\nKRASCH".utf8)

    /// A reader that fails on mails containing a word.
    private func reader(failingAt word: String) -> MailReader {
        MailReader { bytes in
            guard !String(decoding: bytes, as: UTF8.self).contains(word) else { throw MailReaderFailed() }
            return MailReading(parsing: bytes)
        }
    }

    @Test func `that fails at a body still says who wrote, and about what`() async throws {
        let unreadable = await #expect(throws: UnreadableMail.self) { try await reader(failingAt: "KRASCH").mail(mail) }
        #expect(
            unreadable?.problem == .notRead && unreadable?.sender?.text == "a@example.se"
                && unreadable?.subject == "Hej")
        let unknown = await #expect(throws: UnreadableMail.self) { try await reader(failingAt: "From").mail(mail) }
        #expect(unknown?.problem == .notRead && unknown?.head == nil)
        #expect(try await reader(failingAt: "From").report(mail) == nil)
    }

    @Test func `that answers more than it could have read has failed`() async {
        let liar = MailReader { bytes in
            var reading = MailReading(parsing: bytes)
            reading.text = String(repeating: "a", count: 1_000_000)
            return reading
        }
        let unreadable = await #expect(throws: UnreadableMail.self) { try await liar.mail(mail) }
        #expect(unreadable?.problem == .notRead)
    }

    @Test func `of a mail that is too large says who wrote, and about what`() async throws {
        let beginning = try await MailReader.inProcess.beginning(mail)
        #expect(beginning.problem == .tooLarge && beginning.subject == "Hej")
        let large = mail + [UInt8](repeating: 0x41, count: IncomingMail.largest)
        let unreadable = await #expect(throws: UnreadableMail.self) { try await MailReader.inProcess.mail(large) }
        #expect(unreadable == beginning && unreadable?.sender?.text == "a@example.se")
    }

    @Test func `that could not work leaves the mail for another time`() async {
        struct Busy: Error {}
        await #expect(throws: Busy.self) { try await MailReader { _ in throw Busy() }.mail(mail) }
    }
}
