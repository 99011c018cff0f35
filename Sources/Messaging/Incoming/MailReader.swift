/// Reads mails that anybody may have written. The bytes meet a parser in C, which must not share memory with keys: the live one starts a
/// process for each mail (`Processes/Mail/MailReaderProcess`).
package struct MailReader: Sendable {
    private let reading: @Sendable ([UInt8]) async throws -> MailReading

    /// - Parameter reading: throws `MailReaderFailed` for a mail that it has no answer to; anything else says nothing about the mail.
    package init(_ reading: @escaping @Sendable ([UInt8]) async throws -> MailReading) { self.reading = reading }

    /// In this process: for tests, and for the process that was started.
    package static let inProcess = MailReader { MailReading(parsing: $0) }

    /// - Throws: `UnreadableMail`, or what kept the reader from its work: then the mail can be tried again.
    package func mail(_ bytes: [UInt8]) async throws -> IncomingMail {
        guard bytes.count <= IncomingMail.largest else { throw try await beginning(bytes) }
        do {
            return try IncomingMail(try await read(bytes))
        } catch is MailReaderFailed {
            throw UnreadableMail(.notRead, head: try await head(bytes))
        }
    }

    /// Of a mail that is too large to be read: what its first bytes say.
    package func beginning(_ bytes: [UInt8]) async throws -> UnreadableMail {
        UnreadableMail(.tooLarge, head: try await head(bytes))
    }

    /// Nil for what is no delivery report, or cannot be read.
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

/// A mail that the reader crashed at, took too long for, or gave a senseless answer to.
package struct MailReaderFailed: Error, Hashable {
    package init() {}
}
