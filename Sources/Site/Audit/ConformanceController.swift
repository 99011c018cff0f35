import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The pages about conformance to the policy, in full for auditors and in short for the public, and the registers that the law requires.
struct ConformanceController: Sendable {
    let application: Application
    let worker: ConformanceService
    let storage: StoragePlaces
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.conformance, about: .nobodys) { request, context in
            try show(context, month: request.query().typed(MonthlyVerdicts.field))
        }
        routes.post(.conformance, about: .nobodys) { _, context in
            worker.start(at: context.now)
            return .redirect(to: .conformance)
        }
        routes.get(.publicConformance) { _, context in
            let policy = try application.accounts.policyInForce(at: context.now)
            return context.page(PublicConformancePage(policy: policy, worker.current))
        }
        routes.get(.processing, about: .nobodys) { _, context in
            context.page(ProcessingPage(register: try register(context), site: context.visit.site))
        }
        routes.get(.processingExport, about: .nobodys) { _, context in
            var response = Response.bytes(
                try register(context).json(context.visit.site), type: "application/json; charset=utf-8")
            response.headers[.contentDisposition] = "attachment; filename=\"behandlingar.json\""
            return response
        }
        routes.get(.staffStorage, about: .nobodys) { try await showStorage($1) }
    }

    private func register(_ context: SiteContext) throws -> ProcessingRegister {
        ProcessingRegister(under: try application.accounts.policyInForce(at: context.now))
    }

    private func show(_ context: SiteContext, month: String) throws -> Response {
        let state = worker.current
        let site = context.visit.site
        let members = state.last?.outcomes.values.compactMap(\.violations).flatMap(\.first).compactMap(\.member) ?? []
        let names = try application.views.read { snapshot in
            try MemberNames(of: members.map(Actor.member), streams: [], in: snapshot)
        }
        let page = ConformancePage(
            state: state, texts: ArticleValues(siteName: site.name, controller: site.controller), names: names,
            month: month.isEmpty ? nil : month)
        var response = context.page(page)
        if page.isChanging { response.headers[.token("Refresh")] = "2" }
        return response
    }
}
