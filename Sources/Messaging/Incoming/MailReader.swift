/// Reads untrusted mails. The bytes reach a parser in C, which must not share memory with keys: the live reader starts a process for each
/// mail (`Processes/Mail/MailReaderProcess`).
package struct MailReader: Sendable {
    private let reading: @Sendable ([UInt8]) async throws -> MailReading

    /// - Parameter reading: throws `MailReaderFailed` if it cannot read this mail; any other error says nothing about the mail.
    package init(_ reading: @escaping @Sendable ([UInt8]) async throws -> MailReading) { self.reading = reading }

    /// Reads in the current process: for tests, and inside the reader process.
    package static let inProcess = MailReader { MailReading(parsing: $0) }

    /// - Throws: `UnreadableMail`, or an error of the reader, after which the mail can be tried again.
    package func mail(_ bytes: [UInt8]) async throws -> IncomingMail {
        guard bytes.count <= IncomingMail.largest else { throw try await beginning(bytes) }
        do {
            return try IncomingMail(try await read(bytes))
        } catch is MailReaderFailed {
            throw UnreadableMail(.notRead, head: try await head(bytes))
        }
    }

    /// Reads the header in the first bytes of a mail that is too large.
    package func beginning(_ bytes: [UInt8]) async throws -> UnreadableMail {
        UnreadableMail(.tooLarge, head: try await head(bytes))
    }

    /// Nil if the mail is not a delivery report, or cannot be read.
    package func report(_ bytes: [UInt8]) async throws -> DeliveryReport? {
        do {
            return DeliveryReport(try await read(bytes))
        } catch is MailReaderFailed {
            return nil
        }
    }

    private func read(_ bytes: [UInt8]) async throws -> MailReading {
        let answer = try await reading(bytes)
        guard answer.isWithinBounds else { throw MailReaderFailed() }
        return answer
    }

    private func head(_ bytes: [UInt8]) async throws -> MailHead? {
        do {
            return MailHead(try await read(MendedMail.head(of: bytes)))
        } catch is MailReaderFailed {
            return nil
        }
    }
}

/// The reader crashed, timed out or returned an invalid result for a mail.
package struct MailReaderFailed: Error, Hashable {
    package init() {}
}
