import Accounts
import Events
import Hummingbird
import Processes
import SiteMap
import Web

/// Takes a posted form to its handler: reads it, checks origin and form token, admits the sender, carries it out once; returns it to the
/// sender when it is not carried out.
struct ReceivedForm: Sendable {
    enum Repetition: Sendable {
        /// The same content is answered as the first time; other content under the same command is refused.
        case answeredAlike
        /// The handler recognises repetitions itself.
        case handled
    }

    let address: Address
    let admission: Admission
    let limit: RateLimit.Kind?
    let size: Int
    let repetition: Repetition
    let handler: Routes.Handler

    func answer(to request: Request, _ context: SiteContext) async throws -> Response {
        var context = context
        do {
            try context.spend(limit)
        } catch {
            // Past the limit, bodies are read for members only: a visitor cannot make the site read forms that it refuses.
            guard context.member != nil else { throw error }
            try await read(request, &context)
            throw returned(error, request, context)
        }
        try await read(request, &context)
        do {
            let response = try await take(request, context)
            await context.visit.site.waitForViews()
            guard let waiting = context.visit.unsent, response.status == .seeOther else { return response }
            throw FormReturned(form: waiting, answer: response)
        } catch let returned as FormReturned {
            throw returned
        } catch {
            throw returned(error, request, context)
        }
    }

    private func read(_ request: Request, _ context: inout SiteContext) async throws {
        context.received = try await request.formFields(limit: size)
        context.visit.unsent = WaitingForm(takenFrom: &context.received)
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard SameOrigin.admits(request, at: context.visit.site.baseURL) else { throw PageError.malformed(.formToken) }
        guard case .answeredAlike = repetition, let sent = SentForm(context.received, to: request.head.path, context)
        else { return try await handle(request, context) }
        return try await context.visit.site.sentForms.once(sent, in: context) { try await handle(request, context) }
    }

    private func handle(_ request: Request, _ context: SiteContext) async throws -> Response {
        try context.checkFormToken()
        try context.passGate(to: address)
        try context.admit(admission)
        return try await handler(request, context)
    }

    /// Wraps the error so that the sender gets her text back, unless the form may come from another site.
    private func returned(_ error: any Error, _ request: Request, _ context: SiteContext) -> any Error {
        let site = context.visit.site
        guard site.past == nil, SameOrigin.admits(request, at: site.baseURL) else { return error }
        if let waiting = context.visit.unsent { return FormReturned(form: waiting) }
        let error = PageError(error, context.visit.logger)
        // Staff cannot continue with what concerns themselves, so the form is not returned.
        if case .ownMatter = error { return error }
        let page = request.headers[.referer].flatMap {
            ReturnPath(String($0.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }))
        }
        return WaitingForm(context.received, sentTo: request.head.path, from: page, .failed(error))
            .map { FormReturned(form: $0) } ?? error
    }
}

extension SiteContext {
    fileprivate func checkFormToken() throws(PageError) {
        guard visit.cookie.isKnown,
            FormToken(for: visit.cookie.token, under: visit.site.runtime.formKey)
                .isShown(in: received.first(.formToken))
        else {
            visit.noteIncident(.forgedToken, to: member?.id)
            throw .malformed(.formToken)
        }
    }
}
