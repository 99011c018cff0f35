import Accounts
import Events
import HTTPTypes
import Hummingbird
import NIOPosix
import Processes
import Projections
import SiteMap
import Web

/// The auditors' pages under `/revision`, and the public endpoints of the log as a transparency log.
struct AuditController: Sendable {
    let application: Application
    let checkpoints: PublishedCheckpoint
    let slowReads: SlowReads

    init(application: Application, slowReads: SlowReads) {
        self.application = application
        self.slowReads = slowReads
        checkpoints = PublishedCheckpoint(of: application.log)
    }

    func add(to routes: inout Routes) {
        let member = application.memberInAddress
        let one = eventInAddress
        routes.get(.audit, about: .nobodys) { try await overview($1) }
        routes.get(.auditTrail, about: .nobodys) { try await trail($0, $1) }
        routes.get(.memberTrail, about: member) { try askForReason(try $1.id(), $1) }
        routes.post(.memberTrail, about: member) { try await memberTrail(try $1.id(), $1) }
        routes.get(.erasureSearch, about: .nobodys) { $1.page(ErasureSearchPage()) }
        routes.post(.erasureSearch, about: .nobodys) { try await search($1) }
        routes.get(.auditEvent, about: one) { try await event($1) }
        routes.get(.eventProof, about: one) { try await proof($1) }
        routes.get(.checkpoints, about: .nobodys) { try await checkpoints($1) }

        routes.get(.checkpoint) { .text(try await checkpoints.newest(at: $1.now).note) }
        routes.get(.cosignedCheckpoint) { try anchor(.cosigned, $1) }
        routes.get(.stampedCheckpoint) { try anchor(.stamped, $1) }
        routes.get(.checkpointTimestamp) { try anchor(.timestamp, $1) }
        routes.get(.tile) { try tile($1) }
    }

    func overview(_ context: SiteContext) async throws -> Response {
        let checkpoint = try await checkpoints.newest(at: context.now)
        let status = application.views.status
        return context.page(
            AuditPage(
                head: application.log.head, position: status.position, checkpoint: checkpoint.checkpoint,
                key: application.log.verifierKey))
    }

    func checkpoints(_ context: SiteContext) async throws -> Response {
        let checkpoint = try await checkpoints.newest(at: context.now)
        let files = AnchorFiles(application.files)
        let response = files.url(of: .timestamp)
        let stamped = try await NIOThreadPool.singleton.runIfActive {
            files.read(.timestamp) == nil ? nil : try Timestamp.time(of: response)
        }
        return context.page(
            CheckpointsPage(
                checkpoint: checkpoint, key: application.log.verifierKey, cosigned: files.cosigned, stampedAt: stamped))
    }

    /// The latest statement of a witness or time-stamp authority about the log's head; 404 when none has been obtained.
    func anchor(_ file: AnchorFiles.File, _ context: SiteContext) throws -> Response {
        guard let bytes = AnchorFiles(application.files).read(file) else { throw PageError.notFound }
        return switch file {
        case .cosigned, .stamped: .bytes(bytes, type: "text/plain; charset=utf-8")
        case .timestamp: .bytes(bytes, type: "application/timestamp-reply")
        }
    }

    /// An inclusion proof in the format of C2SP tlog-proof.
    func proof(_ context: SiteContext) async throws -> Response {
        let position = try position(context)
        guard let proof = try await application.log.proof(ofEventAt: position) else { throw PageError.notFound }
        var response = Response.text(proof.text)
        response.headers[.contentDisposition] = "attachment; filename=\"handelse-\(position).tlog-proof\""
        return response
    }

    /// The bytes of a tile; a full tile never changes, a partial one is replaced by a wider one.
    func tile(_ context: SiteContext) throws -> Response {
        let text = (["tile"] + context.parameters.getCatchAll().map(String.init)).joined(separator: "/")
        guard let path = TilePath(text), let bytes = try application.log.tile(path) else { throw PageError.notFound }
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
