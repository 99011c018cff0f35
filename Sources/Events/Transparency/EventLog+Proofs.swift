extension EventLog {
    /// Proves that the event is in the log, under a checkpoint that is signed now. Nil when there is no such event.
    package func proof(ofEventAt position: Int) async throws -> EventProof? {
        let checkpoint = try await checkpoint()
        guard let inclusion = try inclusionProof(ofEventAt: position, size: checkpoint.checkpoint.size) else {
            return nil
        }
        return EventProof(inclusion: inclusion, checkpoint: checkpoint)
    }

    /// Nil when the tree of that size has no such event, or the log is shorter.
    package func inclusionProof(ofEventAt position: Int, size: Int) throws -> InclusionProof? {
        guard position > 0, position <= size, size <= head else { return nil }
        return try tree { try $0.inclusion(of: position - 1, in: size) }
    }

    /// Nil when the log is shorter than the later size.
    package func consistencyProof(from earlier: Int, to later: Int) throws -> ConsistencyProof? {
        guard earlier >= 0, earlier <= later, later <= head else { return nil }
        return try tree { try $0.consistency(from: earlier, to: later) }
    }

    /// The bytes of a tile, as C2SP tlog-tiles serves them at `/tile/…`; nil when the tree does not reach so far.
    package func tile(_ path: TilePath) throws -> [UInt8]? { try tree { try $0.tile(path) } }

    /// The bytes that the tree commits to for an event, for checking a proof.
    package func leafInput(ofEventAt position: Int) throws -> [UInt8]? {
        try readers.read { try $0.leaf(ofEventAt: position)?.input }
    }

    private func tree<Value>(_ body: (TreeReader) throws -> Value) throws -> Value {
        try readers.read { try body(TreeReader(connection: $0.connection, roots: tileRoots)) }
    }
}
