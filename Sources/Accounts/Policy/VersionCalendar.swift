package import Events

/// The published versions of a text, and which of them is in force when (P-00.1).
package struct VersionCalendar<Document: PublishedDocument>: Sendable {
    /// Ascending by date.
    package private(set) var versions: [Document] = []
    /// The versions whose coming into force is recorded in the log.
    private var inForce: Set<CalendarDate> = []

    /// The version in force at a moment: the latest whose day has begun, whether or not the log records it yet.
    package func inForce(at time: Instant) -> Document? {
        versions.last { $0.version.startInStockholm <= time }
    }

    package func version(_ version: CalendarDate) -> Document? { versions.first { $0.version == version } }

    /// Announced, but not in force yet.
    package func upcoming(at time: Instant) -> [Document] { versions.filter { $0.version.startInStockholm > time } }

    /// The newest version whose coming into force is recorded in the log. Views use it, since they have no clock.
    package var lastInForce: Document? { versions.last { inForce.contains($0.version) } }

    /// The versions whose day has begun without a record in the log.
    func due(at time: Instant) -> [Document] {
        versions.filter { $0.version.startInStockholm <= time && !inForce.contains($0.version) }
    }
}

package typealias PolicyCalendar = VersionCalendar<PolicyDocument>
package typealias TermsCalendar = VersionCalendar<TermsDocument>

/// A text that is published in dated versions.
package protocol PublishedDocument: Hashable, Sendable {
    var version: CalendarDate { get }
    var change: DocumentChange { get }
    var hash: TextHash { get }

    static var stream: StreamName { get }
    /// The document, when the event publishes one of this type.
    static func published(in event: PolicyEvent) -> Self?
    /// The version, when the event records the coming into force of one of this type.
    static func comingIntoForce(in event: PolicyEvent) -> CalendarDate?
    var publication: PolicyEvent { get }
    var comingIntoForce: PolicyEvent { get }
}

extension VersionCalendar: EventSourced {
    package static var initial: VersionCalendar { VersionCalendar() }

    package mutating func evolve(_ event: PolicyEvent, at _: Instant) {
        if let document = Document.published(in: event) {
            versions.append(document)
            versions.sort { $0.version < $1.version }
        }
        if let version = Document.comingIntoForce(in: event) { inForce.insert(version) }
    }
}

extension PolicyDocument: PublishedDocument {
    package static var stream: StreamName { StreamName("privacy-policy") }

    package static func published(in event: PolicyEvent) -> PolicyDocument? {
        if case .policyPublished(let document) = event { document } else { nil }
    }

    package static func comingIntoForce(in event: PolicyEvent) -> CalendarDate? {
        if case .policyInForce(let version) = event { version } else { nil }
    }

    package var publication: PolicyEvent { .policyPublished(self) }
    package var comingIntoForce: PolicyEvent { .policyInForce(version) }
}

extension TermsDocument: PublishedDocument {
    package static var stream: StreamName { StreamName("member-terms") }

    package static func published(in event: PolicyEvent) -> TermsDocument? {
        if case .termsPublished(let document) = event { document } else { nil }
    }

    package static func comingIntoForce(in event: PolicyEvent) -> CalendarDate? {
        if case .termsInForce(let version) = event { version } else { nil }
    }

    package var publication: PolicyEvent { .termsPublished(self) }
    package var comingIntoForce: PolicyEvent { .termsInForce(version) }
}

extension PolicyCalendar {
    /// Data from before this moment have outlived their period: that of the version they began under, or of a later one that shortened it.
    package func limit(judgedAt now: Instant, _ period: (RetentionRules) -> Period) -> Instant? {
        let begun = versions.filter { $0.version.startInStockholm <= now }
        let ends = begun.dropFirst().map(\.version.startInStockholm) + [now]
        return zip(begun, ends).map { min(now.subtracting(period($0.rules.retention)), $1) }.max()
    }

    /// When a period that began at `start` ends: a later version may have shortened it, none can lengthen it.
    package func deadline(
        from start: Instant, judgedAt now: Instant, _ period: (RetentionRules) -> Period
    ) -> Instant? {
        shortest(from: start, judgedAt: now) { period($0.retention) }
    }

    /// Like `deadline`, for any period in the rules; nil when none of the versions since has it.
    package func shortest(from start: Instant, judgedAt now: Instant, _ period: (PolicyRules) -> Period?) -> Instant? {
        let since = versions.filter { (start...max(start, now)).contains($0.version.startInStockholm) }
        return (since + [inForce(at: start)].compactMap(\.self)).compactMap { period($0.rules).map(start.adding) }.min()
    }
}
