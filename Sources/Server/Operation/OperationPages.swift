import Accounts
import Events
import HTTPTypes
import Hummingbird

/// What whoever runs the site asks it: is it ready, and what does it do.
struct OperationPages: Sendable {
    let community: Community

    func add(to routes: inout Routes) {
        let readiness = Readiness(community: community)
        routes.get(.readiness, limit: nil) { _, context in
            if let problem = await readiness.problem(at: context.now) {
                return .text(problem + "\n", status: .serviceUnavailable)
            }
            let concern = context.visit.site.erasures.concern(at: context.now)
            return .text("ready\n" + (concern.map { $0 + "\n" } ?? ""))
        }
        routes.get(.staffRetention, for: .staff([.administrator], .nobodys)) { _, context in
            context.page(
                RetentionPage(
                    overview: try RetentionOverview(community, context.visit.site, at: context.now)))
        }
        routes.get(.metrics, limit: nil) { request, context in
            guard context.isOperator(request) else { throw PageError.notFound }
            return .bytes(
                Array(try Metrics(community, context.visit.site).text.utf8),
                type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}

extension SiteContext {
    /// Asked from this machine, or by a proxy that is trusted. A request that somebody else passed on does not count,
    /// even when that somebody sits on this machine and nobody has told the site about it.
    fileprivate func isOperator(_ request: Request) -> Bool {
        if visit.site.trustedProxies.ranges.contains(where: { $0.contains(visit.client) }) { return true }
        return visit.client.isLoopback && request.headers[.xForwardedFor] == nil
    }
}
