import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The administrators' pages at `/admin/policy`: the versions, and writing, trying and publishing a new one (P-01.2, P-01.3).
struct PolicyController: Sendable {
    let application: Application
    let previews: DraftPreviews

    func add(to routes: inout Routes) {
        routes.get(.staffPolicy, about: .nobodys) { try show($0, $1) }
        routes.post(.staffPolicy, about: .nobodys) { try await change($1) }
        routes.get(.staffPolicyPreview, about: .nobodys) { try showPreview($0, $1) }
        routes.post(.staffPolicyPreview, about: .nobodys) { try cancelPreview($1) }
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let query = try request.query()
        if let kind = query.choice(.writing, of: TextKind.self) {
            return context.page(DraftPage(kind: kind, form: try beginning(of: kind, context)))
        }
        let archives = try TextKind.allCases.map { try TextArchive($0, in: application.accounts, at: context.now) }
        let published = query.choice(.done, of: TextKind.self).flatMap { kind in
            query.value(.version, as: CalendarDate.self).map { (kind: kind, version: $0) }
        }
        return context.page(PolicyPage(archives: archives, published: published))
    }

    /// The newest version's text and rules to start from; the date is left for the author to fill in.
    private func beginning(of kind: TextKind, _ context: SiteContext) throws -> Form {
        let (text, rules): (String?, String)
        switch kind {
        case .policy:
            let newest = try application.accounts.policies().versions.last
            (text, rules) = (newest?.text.markdown, newest?.rules.yaml ?? "")
        case .terms:
            let newest = try application.accounts.terms().versions.last
            let version = newest?.version ?? context.now.stockholmDate
            (text, rules) = (newest?.text.markdown, "version: \"\(version)\"\nchange: minor\n")
        }
        return Form([DraftPage.text: text ?? "", DraftPage.rules: rules])
    }

    private func change(_ context: SiteContext) async throws -> Response {
        let form = try context.form()
        guard let kind = form.choice(DraftPage.kind, of: TextKind.self),
            let action = form.choice(DraftPage.action, of: DraftPage.Action.self)
        else { throw PageError.malformed(.encoding) }
        var page = DraftPage(kind: kind, form: form)
        guard action != .edit, let draft = try read(&page) else {
            return action == .edit ? context.page(page) : context.refused(page)
        }
        switch action {
        case .edit: return context.page(page)
        case .preview:
            let typed = DraftPreviews.Typed(
                kind: kind, text: form.typed(DraftPage.text), rules: form.typed(DraftPage.rules), draft: draft)
            guard previews.start(typed, at: context.now) else {
                page.form.note(
                    "Ett annat utkast granskas just nu. Vänta en stund och granska sedan igen.", at: DraftPage.text)
                return context.refused(page)
            }
            return .redirect(to: .staffPolicyPreview())
        case .publish: return try await publish(draft, page, context)
        }
    }

    private func showPreview(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let (typed, standing) = previews.state(at: context.now) else { return .redirect(to: .staffPolicy) }
        switch standing {
        case .finished(let preview):
            return context.page(DraftPreviewPage(typed: typed, preview: preview, now: context.now))
        case .cancelled, .failed:
            return context.page(DraftProgressPage(typed: typed, standing: standing, refreshesItself: false))
        case .underWay:
            let isStill = try request.query().typed(FieldName.refresh) == "nej"
            var response = context.page(
                DraftProgressPage(typed: typed, standing: standing, refreshesItself: !isStill))
            if !isStill { response.headers[.token("Refresh")] = "2" }
            return response
        }
    }

    private func cancelPreview(_ context: SiteContext) throws -> Response {
        guard try context.form().choice(DraftPage.action, of: DraftProgressPage.Action.self) != nil else {
            throw PageError.malformed(.encoding)
        }
        previews.cancel()
        return .redirect(to: .staffPolicyPreview())
    }

    /// Nil when the draft cannot be published; the page then shows each mistake at its field.
    private func read(_ page: inout DraftPage) throws -> VersionDraft? {
        let written = WrittenVersion(
            page.kind == .policy ? .policy : .terms, text: page.form.typed(DraftPage.text),
            rules: page.form.typed(DraftPage.rules))
        do { return try application.accounts.read(written) } catch let refused as DraftProblems {
            for problem in refused.problems {
                let place = problem.line > 0 ? "Rad \(problem.line): " : ""
                page.form.note(
                    place + problem.cause.swedish,
                    at: problem.file.hasSuffix(".yaml") ? DraftPage.rules : DraftPage.text)
            }
            return nil
        }
    }

    private func publish(_ draft: VersionDraft, _ page: DraftPage, _ context: SiteContext) async throws -> Response {
        var page = page
        do {
            _ = try await PublishingVersions(application: application).publish(
                draft, by: .member(context.requireMember().id), command: try context.command())
        } catch AccountRefusal.versionExists(let version) {
            page.form.note(DocumentProblem.Cause.notLater(than: version).swedish, at: DraftPage.rules)
            return context.refused(page)
        } catch AccountRefusal.datedInThePast {
            page.form.note(
                DocumentProblem.Cause.inThePast(today: context.now.stockholmDate).swedish, at: DraftPage.rules)
            return context.refused(page)
        }
        return .redirect(to: .versionPublished(page.kind, draft.version))
    }
}

extension FieldName {
}
