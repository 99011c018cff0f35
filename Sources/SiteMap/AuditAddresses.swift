package import Events

/// The audit trail and the proofs of the log.
extension Address {
    package static let audit = Address("/revision", for: .auditors)
    package static let auditTrail = Address("/revision/granskningslogg", for: .auditors)
    package static let auditEvent = Address("/revision/handelse/{position}", for: .auditors)
    package static let eventProof = Address("/revision/handelse/{position}/bevis", for: .auditors)
    /// Shows an erasure in the answer to a form: what is typed is in no address.
    package static let erasureSearch = Address("/revision/radering", for: .auditors, isConfidential: true)
    package static let holds = Address("/revision/bevaranden", for: .auditors)
    package static let conformance = Address("/revision/policy", for: .auditors)
    package static let memberTrail = Address("/revision/medlem/{id}", for: .auditors, isConfidential: true)
    package static let processing = Address("/revision/behandlingar", for: .auditors)
    package static let processingExport = Address("/revision/behandlingar.json", for: .auditors)
    package static let checkpoints = Address("/revision/kontrollpunkter", for: .auditors)
    package static let checkpoint = Address("/checkpoint", gate: .open)
    package static let cosignedCheckpoint = Address("/checkpoint/bevittnad", gate: .open)
    package static let stampedCheckpoint = Address("/checkpoint/tidsstamplad", gate: .open)
    package static let checkpointTimestamp = Address("/checkpoint/tidsstampel", gate: .open)
    package static let tile = Address("/tile/**", gate: .open)

    static let auditAddresses: [Address] = [
        .audit, .auditTrail, .auditEvent, .eventProof, .erasureSearch, .holds, .conformance, .memberTrail, .processing,
        .processingExport, .checkpoints, .checkpoint, .cosignedCheckpoint, .stampedCheckpoint, .checkpointTimestamp,
        .tile,
    ]
}

extension SiteLink {
    package static var audit: SiteLink { Address.audit.link() }
    package static func auditTrail(query: [QueryItem] = []) -> SiteLink { Address.auditTrail.link().with(query) }
    package static func auditEvent(_ position: Int) -> SiteLink { Address.auditEvent.link(position) }
    package static func eventProof(_ position: Int) -> SiteLink { Address.eventProof.link(position) }
    package static var erasureSearch: SiteLink { Address.erasureSearch.link() }
    package static var holds: SiteLink { Address.holds.link() }
    package static var conformance: SiteLink { Address.conformance.link() }
    package static func conformance(month: String) -> SiteLink {
        Address.conformance.link().with([QueryItem("manad", month)])
    }
    package static func memberTrail(_ id: MemberID) -> SiteLink { Address.memberTrail.link(id) }
    package static var processing: SiteLink { Address.processing.link() }
    package static var processingExport: SiteLink { Address.processingExport.link() }
    package static var checkpoints: SiteLink { Address.checkpoints.link() }
    package static var checkpoint: SiteLink { Address.checkpoint.link() }
    package static var cosignedCheckpoint: SiteLink { Address.cosignedCheckpoint.link() }
    package static var stampedCheckpoint: SiteLink { Address.stampedCheckpoint.link() }
    package static var checkpointTimestamp: SiteLink { Address.checkpointTimestamp.link() }
}
