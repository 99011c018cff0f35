package import Events

/// Publishes a new version of the policy or the terms. It is announced at once and takes effect on its date (P-00.1).
package struct PublishVersion<Document: PublishedDocument>: Sendable {
    package let document: Document
    package let time: Instant

    package init(_ document: Document, at time: Instant) {
        self.document = document
        self.time = time
    }

    /// The first version of a new site may be older than the site.
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
    /// The first events of a new site: the policy and the terms it begins with. Does nothing where there are any.
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

    /// Records the coming into force of every version whose day has begun, dated as due unless something was appended since. Judging by date
    /// needs no such event; views do.
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
