import Events
import Foundation
import Logging
import NIOCore
import Processes
import Projections
import Site
import Synchronization
import Web

/// Starts sites that show an earlier time, in the process that holds the log.
struct PastSites: Sendable {
    /// The running site, which shares its sessions; nil when none runs.
    let running: WebEnvironment?

    /// Shows a file until the task is cancelled or, without a running site, until SIGTERM or SIGINT.
    /// - Throws: `PastViewsUnusable`, `CommandFailure` for a port that is taken.
    func show(
        _ file: URL, of application: Application, port: Int, _ configuration: SiteConfiguration, output: CommandOutput
    ) async throws {
        guard let files = application.views.past, let baseURL = BaseURL("http://\(PastSite.host):\(port)") else {
            return
        }
        let views = try files.show(file)
        defer { files.stopShowing(views) }
        let site = try running ?? PastSites.site(of: application, configuration)
        let shown = PastSite(views, of: application, sharing: site, at: baseURL)
        let front = Front(site: shown.site, routes: try shown.routes(), isSecure: false)
        let server = try WebServer(front, host: PastSite.host, port: port) {
            output.line("\(site.name) as it was at \(views.about.time) is at \(baseURL)")
        }
        do {
            if running == nil {
                try await PastSites.forgettingErased(of: application) { try await server.run() }
            } else {
                try await server.runUntilCancelled()
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CommandFailure.usage("port \(port) is taken; choose another with --port")
        }
        if running == nil { try site.runtime.close() } else { try Task.checkCancellation() }
    }

    /// Removes erased data from the files while `body` runs; when a site is running, its `ErasureWorker` does so.
    private static func forgettingErased(
        of application: Application, _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                for await _ in application.log.fences() {
                    _ = await application.views.waitUntil(position: application.log.head)
                    _ = try? application.views.forgetErased(through: application.log.lastFence())
                }
            }
            group.addTask { try await body() }
            // The first task ends with the second.
            try await group.next()
            group.cancelAll()
        }
    }

    /// The site as it would run now, without its visit log: visits to the past are not recorded.
    private static func site(of application: Application, _ configuration: SiteConfiguration) throws -> WebEnvironment {
        let members = SignedInMembers(of: application, requiringTwoFactor: application.requiresTwoFactor(configuration))
        guard let baseURL = BaseURL("http://\(PastSite.host)") else { throw PageError.outOfOrder }
        let runtime = try RuntimeStore(at: application.files.data.appending(path: "runtime.sqlite").path)
        return WebEnvironment(
            name: configuration.siteName, controller: configuration.controller, baseURL: baseURL,
            stores: OperationalStores(runtime: runtime, sessions: Sessions(store: runtime)),
            limits: RateLimits(configuration.limits), clock: application.clock, logger: configuration.logger,
            waitForViews: application.waitForViews, signedInMember: { try members.find($0) })
    }
}
