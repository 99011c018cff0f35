import Accounts
import Events
import HTTPTypes
import Hummingbird
import Processes
import SiteMap
import Web

/// The endpoints for operators: readiness and metrics.
struct OperationController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        let readiness = Readiness(application: application)
        routes.get(.readiness, limit: nil) { _, context in
            if let problem = await readiness.problem(at: context.now) {
                return .text(problem + "\n", status: .serviceUnavailable)
            }
            let concern = context.visit.site.erasures.concern(at: context.now)
            return .text("ready\n" + (concern.map { $0 + "\n" } ?? ""))
        }
        routes.get(.staffRetention, about: .nobodys) { _, context in
            context.page(
                RetentionPage(
                    overview: try RetentionOverview(application, context.visit.site, at: context.now)))
        }
        routes.get(.metrics, limit: nil) { request, context in
            guard context.mayReadMetrics(request) else { throw PageError.notFound }
            return .bytes(
                Array(try Metrics(application, context.visit.site).text.utf8),
                type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}

extension SiteContext {
    /// True for a request with the token, or directly from a program on this machine. A proxied request does not count as local, even
    /// when an unconfigured proxy runs on this machine.
    fileprivate func mayReadMetrics(_ request: Request) -> Bool {
        if let token = visit.site.metricsToken, let shown = request.headers[.authorization], token.isShown(in: shown) {
            return true
        }
        return visit.peer.isLoopback && !request.headers.contains { $0.name.isOfProxies }
    }
}

extension HTTPField.Name {
    private static let ofProxies: Set<String> = ["forwarded", "via", "x-real-ip", "cf-connecting-ip", "true-client-ip"]

    /// True for headers that only proxies add.
    fileprivate var isOfProxies: Bool {
        let name = canonicalName
        return name.hasPrefix("x-forwarded") || HTTPField.Name.ofProxies.contains(name)
    }
}
