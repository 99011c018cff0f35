import Crypto
import Events
import Foundation
import HTTPTypes
import Hummingbird
import Processes
import Web

/// The digests by which a form with a command id is recognised when it is sent again; its content cannot be read from them.
struct SentForm: Sendable {
    /// Keyed digests: of the command, of the content, and of the possible senders.
    let command, content: Data
    let senders: [Data]
    /// Whether a secret was typed; then the digest is never written to a file, where it would allow passwords to be tried.
    let holdsSecrets: Bool
    let time: Instant
    fileprivate let seal: SymmetricKey

    init?(_ received: FormFields, to path: String?, _ context: SiteContext) {
        guard let id = CommandID(received.first(.command)) else { return nil }
        let key = context.visit.site.runtime.formKey
        command = SentForm.digest(["sent form", id.description], key)
        let fields = received.pairs.filter { $0.name != FieldName.formToken.rawValue }
        // Sorted by name: the order of fields carries no meaning.
        let named = Dictionary(grouping: fields, by: \.name).sorted { $0.key < $1.key }
        let parts = named.flatMap { name, values in [name, String(values.count)] + values.map(\.value) }
        content = SentForm.digest(["content", path ?? ""] + parts, key)
        let member = context.member.map { SentForm.digest(["member", $0.id.description, id.description], key) }
        // The first answer may have renewed the cookie without reaching the browser.
        let browser = SentForm.digest(["browser", context.visit.cookie.token.description, id.description], key)
        senders = [member, browser].compactMap { $0 }
        holdsSecrets = fields.contains {
            FieldName.secrets.contains(FieldName(rawValue: $0.name)) && !$0.value.isEmpty
        }
        time = context.now
        seal = SymmetricKey(data: SentForm.digest(["place", id.description], key))
    }

    /// A digest of the parts, each prefixed with its length so that no two lists have the same encoding.
    private static func digest(_ parts: [String], _ key: SymmetricKey) -> Data {
        var code = HMAC<SHA256>(key: key)
        for part in parts {
            code.update(data: Data("\(part.utf8.count):".utf8))
            code.update(data: Data(part.utf8))
        }
        return Data(code.finalize())
    }
}

/// Remembers forms that were carried out while they may be sent again: the same content gets the same answer, other content under the same
/// command is refused before the handler runs (`docs/decisions/0033-a-form-is-sent-once.md`).
actor SentForms {
    private static let mostInMemory = 5_000

    private struct Known {
        let senders: Set<Data>
        let content: Data
        let place: String
        /// The `Set-Cookie` values of the answer, which may begin or renew a session; kept only for a form with secrets.
        var cookies: [String] = []
    }

    private let store: SentFormStore
    private var waiting: [Data: [CheckedContinuation<Void, Never>]] = [:]
    private var recent: [Data: Known] = [:]
    private var order: [Data] = []

    init(store: RuntimeStore) { self.store = SentFormStore(store: store) }

    /// Runs `handle` unless the form was carried out before; a repetition waits until the first has finished.
    /// - Throws: `PageError.alreadySent`, and what `handle` throws.
    func once(_ form: SentForm, in context: SiteContext, _ handle: @Sendable () async throws -> Response) async throws
        -> Response
    {
        while waiting[form.command] != nil {
            await withCheckedContinuation { waiting[form.command]?.append($0) }
        }
        waiting[form.command] = []
        defer { for next in waiting.removeValue(forKey: form.command) ?? [] { next.resume() } }
        if let known = try await known(form) {
            guard known.content == form.content else { throw PageError.alreadySent }
            return SentForms.answer(known, context)
        }
        let response = try await handle()
        if response.status == .seeOther, let place = response.headers[.location] {
            try await remember(form, place, response.headers[values: .setCookie])
        }
        return response
    }

    /// Nil also for a form from another sender, whose command the log refuses.
    private func known(_ form: SentForm) async throws -> Known? {
        var known = recent[form.command]
        if known == nil { known = try await stored(form) }
        return known.flatMap { $0.senders.isDisjoint(with: form.senders) ? nil : $0 }
    }

    private func stored(_ form: SentForm) async throws -> Known? {
        guard let row = try await store.form(form.command, at: form.time) else { return nil }
        let place = try AES.GCM.open(AES.GCM.SealedBox(combined: row.place), using: form.seal)
        return Known(senders: Set(row.senders), content: row.content, place: String(decoding: place, as: UTF8.self))
    }

    private func remember(_ form: SentForm, _ place: String, _ cookies: [String]) async throws {
        recent[form.command] = Known(
            senders: Set(form.senders), content: form.content, place: place, cookies: form.holdsSecrets ? cookies : [])
        order.append(form.command)
        if order.count > SentForms.mostInMemory { recent[order.removeFirst()] = nil }
        guard !form.holdsSecrets else { return }
        guard let sealed = try AES.GCM.seal(Data(place.utf8), using: form.seal).combined else { return }
        try await store.remember(
            SentFormStore.Row(command: form.command, senders: form.senders, content: form.content, place: sealed),
            at: form.time)
    }

    private static func answer(_ known: Known, _ context: SiteContext) -> Response {
        var response = Response(status: .seeOther, headers: [.location: known.place])
        // A browser that already has a session keeps it.
        guard context.visit.session == nil else { return response }
        for cookie in known.cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return response
    }
}
