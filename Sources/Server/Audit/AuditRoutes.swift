import Accounts
import Events
import HTTPTypes
import Hummingbird
import Projections

extension Routes {
    /// The pages under `/revision`, and what anybody may fetch of the log as a transparency log.
    mutating func addAudit(_ community: Community) {
        let checkpoints = PublishedCheckpoint(of: community.log)
        let pages = AuditPages(community: community, checkpoints: checkpoints)
        let staff = Admission.staff([.auditor, .administrator])
        get(.audit, for: staff) { _, context in try await pages.overview(context) }
        get(.auditTrail, for: staff) { request, context in try pages.trail(request, context) }
        get(.auditEvent, for: staff) { _, context in try await pages.event(context) }
        get(.eventProof, for: staff) { _, context in try await pages.proof(context) }
        get(.checkpoints, for: staff) { _, context in try await pages.checkpoints(context) }

        get(.checkpoint) { _, context in .text(try await checkpoints.newest(at: context.now).note) }
        get(.tile) { _, context in try pages.tile(context) }
    }
}

/// What auditors ask for under `/revision`, and how it is answered.
struct AuditPages: Sendable {
    let community: Community
    let checkpoints: PublishedCheckpoint

    func overview(_ context: SiteContext) async throws -> Response {
        let checkpoint = try await checkpoints.newest(at: context.now)
        let status = community.views.status
        return context.page(
            AuditPage(
                head: community.log.head, position: status.position, checkpoint: checkpoint.checkpoint,
                key: community.log.verifierKey))
    }

    func checkpoints(_ context: SiteContext) async throws -> Response {
        let checkpoint = try await checkpoints.newest(at: context.now)
        return context.page(CheckpointsPage(checkpoint: checkpoint, key: community.log.verifierKey))
    }

    /// A proof for keeping, as C2SP tlog-proof has it.
    func proof(_ context: SiteContext) async throws -> Response {
        let position = try position(context)
        guard let proof = try await community.log.proof(ofEventAt: position) else { throw PageError.notFound }
        var response = Response.text(proof.text)
        response.headers[.contentDisposition] = "attachment; filename=\"handelse-\(position).tlog-proof\""
        return response
    }

    /// The bytes of a tile. A full one never changes; a partial one is soon replaced by a wider one.
    func tile(_ context: SiteContext) throws -> Response {
        let text = (["tile"] + context.parameters.getCatchAll().map(String.init)).joined(separator: "/")
        guard let path = TilePath(text), let bytes = try community.log.tile(path) else { throw PageError.notFound }
        var response = Response.bytes(bytes, type: "application/octet-stream")
        response.headers[.cacheControl] = path.isFull ? "public, max-age=31536000, immutable" : "public, max-age=60"
        response.headers[.vary] = "Accept-Encoding"
        return response
    }

    func position(_ context: SiteContext) throws -> Int {
        let text = try context.place("position")
        guard let position = Int(text), position > 0, String(position) == text else { throw PageError.notFound }
        return position
    }
}

extension TilePath {
    fileprivate var isFull: Bool { width == Tile.width }
}
