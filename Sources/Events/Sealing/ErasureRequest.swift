/// An erasure that a command asks for. The log erases what no legal hold defers at that moment, and records the rest (`DeferredErasure`).
package struct ErasureRequest: Hashable, Sendable {
    package let fence: FenceID
    package let scope: Erasure.Scope
    /// SHA-256 of the token whose link shows the receipt.
    package let receipt: TextHash?
    /// Further owners whose holds defer all of it: what belongs to a case concerns its parties.
    package let concerning: [Owner]

    package init(
        fence: FenceID, _ scope: Erasure.Scope, receipt: TextHash? = nil, concerning: [Owner] = []
    ) {
        self.fence = fence
        self.scope = scope
        self.receipt = receipt
        self.concerning = concerning
    }
}

/// An erasure that a legal hold defers, recorded in the stream of the hold. Pending until its fence is in the log.
struct DeferredErasure: Hashable, Sendable {
    let request: ErasureRequest

    init(_ request: ErasureRequest) { self.request = request }

    static let type = ErasureEventName.deferred.type

    func encoded() -> NewEvent { NewEvent(DeferredErasure.type, clear: ClearPart(Deferral(self))) }

    /// Nil for any other event.
    init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == DeferredErasure.type else { return nil }
        let deferral: Deferral = try event.clear()
        let scope = deferral.scope
        request = ErasureRequest(
            fence: deferral.fence, scope.scope, receipt: scope.receipt, concerning: deferral.concerning)
    }
}

/// The clear part of the event.
private struct Deferral {
    let concerning: [Owner]
    let fence: FenceID
    let scope: ClearScope

    init(_ deferred: DeferredErasure) {
        let request = deferred.request
        concerning = request.concerning
        fence = request.fence
        scope = ClearScope(request.scope, receipt: request.receipt)
    }
}

extension Deferral: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        concerning = try fields("concerning", \.concerning)
        fence = try fields("fence", \.fence)
        scope = try fields.part(\.scope)
    }
}

extension EventLog {
    /// The erasures that a hold's stream defers and that were not made since, the oldest first.
    package func deferredErasures(in hold: StreamName) throws -> [ErasureRequest] {
        try pending(try events(in: hold))
    }

    /// All erasures that are deferred and were not made since, by the stream of the hold.
    package func deferredErasures() throws -> [StreamName: [ErasureRequest]] {
        try Dictionary(grouping: readers.read { try $0.deferrals(in: holds.word) }, by: \.stream).mapValues(pending)
            .filter { !$0.value.isEmpty }
    }

    private func pending(_ events: [RecordedEvent]) throws -> [ErasureRequest] {
        var fences: Set<FenceID> = []
        // The same erasure is deferred twice in a stream when another hold deferred it in between.
        return try events.compactMap { try DeferredErasure($0)?.request }.filter { request in
            try fences.insert(request.fence).inserted && self.events(in: StreamName(request.fence)).isEmpty
        }
    }
}

extension LogReader {
    /// - Parameter word: the word before the id in the names of the streams.
    fileprivate func deferrals(in word: String) throws -> [RecordedEvent] {
        // A range, so that the index of streams is used.
        let statement = try connection.statement(
            """
            SELECT \(EventRow.columns) FROM events
            WHERE stream >= ? AND stream < ? AND type = 'erasure.deferred' ORDER BY stream, version
            """)
        statement.bind(1, "\(word):")
        statement.bind(2, "\(word);")
        return try statement.rows { try EventRow($0).recorded(content: .none) }
    }
}
