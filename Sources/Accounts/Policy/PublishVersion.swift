package import Events

/// Publishes a new version of the policy or the terms. It is announced at once and takes effect on its date (P-00.1).
package struct PublishVersion<Document: PublishedDocument>: Sendable {
    package let document: Document
    package let time: Instant

    package init(_ document: Document, at time: Instant) {
        self.document = document
        self.time = time
    }

    /// Only the first version of a new site may have a date in the past.
    package func decide(given calendar: VersionCalendar<Document>) throws(AccountRefusal) -> [PolicyEvent] {
        if let published = calendar.version(document.version) {
            guard published == document else { throw .versionExists(document.version) }
            return []
        }
        guard calendar.versions.isEmpty || document.version >= time.stockholmDate else {
            throw .datedInThePast(document.version)
        }
        let isInForce = document.version.startInStockholm <= time
        return [document.publication] + (isInForce ? [document.comingIntoForce] : [])
    }
}

extension Accounts {
    /// Publishes the policy and the terms that a new site begins with, as its first events. Does nothing when any are published.
    package func publishFirstVersions() async throws {
        let time = clock.now()
        let policy = try PublishVersion(PolicyDocument.first(), at: time)
        let terms = try PublishVersion(TermsDocument.first(), at: time)
        guard try policies().versions.isEmpty, try self.terms().versions.isEmpty else { return }
        _ = try await log.append(
            Append(
                command: CommandID(at: time), actor: .operator, time: time,
                streams: [
                    StreamAppend(PolicyDocument.stream, expected: .exactly(0), try policy.decide(given: .initial)),
                    StreamAppend(TermsDocument.stream, expected: .exactly(0), try terms.decide(given: .initial)),
                ]))
    }

    package func publish<Document: PublishedDocument>(
        _ document: Document, by actor: Actor, command: CommandID
    ) async throws {
        guard try staff().mayAdminister(actor) else { throw AccountRefusal.notAllowed }
        try await execute(command, on: Document.stream, as: VersionCalendar<Document>.self, by: actor) {
            calendar, time in
            try PublishVersion(document, at: time).decide(given: calendar)
        }
    }

    /// Records that each version whose day has begun is in force, dated as due unless a later event was appended. Only views need these
    /// events; commands compare dates.
    package func bringVersionsIntoForce() async throws {
        let now = clock.now()
        if try !policies().due(at: now).isEmpty { try await bringIntoForce(PolicyDocument.self) }
        if try !terms().due(at: now).isEmpty { try await bringIntoForce(TermsDocument.self) }
    }

    /// When the next announced version takes effect; nil when none is announced.
    package func nextChangeOfVersion(after time: Instant) throws -> Instant? {
        let days = try policies().upcoming(at: time).map(\.version) + terms().upcoming(at: time).map(\.version)
        return days.min()?.startInStockholm
    }

    private func bringIntoForce<Document: PublishedDocument>(_ type: Document.Type) async throws {
        let now = clock.now()
        let (calendar, version) = try log.state(of: Document.stream, as: VersionCalendar<Document>.self)
        for (index, document) in calendar.due(at: now).enumerated() {
            let day = document.version.startInStockholm
            _ = try await log.append(
                Append(
                    command: CommandID(at: now), actor: .system, time: day,
                    streams: [
                        StreamAppend(Document.stream, expected: .exactly(version + index), [document.comingIntoForce])
                    ]))
        }
    }
}
