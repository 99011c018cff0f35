import Events
import HTML
import Hummingbird
import NIOCore
import Processes
import Projections
import SiteMap
import Synchronization
import Web

/// The version of all input to a page; changes with each visible write, and each minute because shown times are relative.
struct CacheKey: Equatable {
    let views: ViewsVersion
    private let minute: Int64

    init(of views: Views, at now: Instant) {
        self.views = views.version
        minute = now.milliseconds / 60_000
    }
}

/// A cache of pages as rendered for members without a staff role, valid for one `CacheKey`; the parts that differ per reader (account menu,
/// form tokens, command ids, bookmarks, drafts) are filled in per request.
///
/// Members in `HTMLPage.variesFor` bypass the cache and get the page rendered for them.
final class SharedPages: Sendable {
    private struct CachedPage {
        let bytes: [UInt8]
        let gaps: [PersonalPiece]
        let variesFor: Set<MemberID>
        let route: Address?

        func filled(in frame: PageFrame) -> [UInt8] {
            var html = HTMLWriter(now: frame.now, formToken: frame.formToken, capacity: bytes.count + 256)
            var written = 0
            for gap in gaps {
                html.append(shared: bytes[written..<gap.place.lowerBound])
                switch gap.kind {
                case .formToken: html.writeFormToken()
                case .command: html.writeCommand()
                case .account: frame.writeAccount(into: &html)
                case .bookmark(let post, let number):
                    html.bookmarkButton(post, number: number, of: frame.reader)
                case .reply(let thread): html.replyForm(to: thread, frame.reader.draft(at: .reply(thread)))
                }
                written = gap.place.upperBound
            }
            html.append(shared: bytes[written...])
            return html.bytes
        }
    }

    private struct Memory {
        var version: CacheKey?
        var cached: [PageKey: CachedPage] = [:]
        var size = 0
        /// Pages rendered from views before this log position are not stored.
        var oldest = 0
    }

    private let capacity: Int
    private let memory = Mutex(Memory())

    /// - Parameter capacity: in bytes; when it is used up, the whole cache is emptied. A page of more than a quarter of it is not stored.
    init(capacity: Int) { self.capacity = capacity }

    /// - Parameters:
    ///   - version: taken before anything was read.
    ///   - find: not called when the page is cached.
    func answer(
        _ key: PageKey, _ context: SiteContext, at version: CacheKey, find: () throws -> VisitorPages.Finding
    ) throws -> Response {
        guard let member = context.member, member.roles.isEmpty else { return try written(find(), for: context) }
        if let cached = cached(key, at: version), !cached.variesFor.contains(member.id) {
            return .bytes(cached.filled(in: context.frame), type: "text/html; charset=utf-8")
        }
        let finding = try find()
        guard case .page(let page) = finding, let variesFor = page.variesFor, !variesFor.contains(member.id) else {
            return written(finding, for: context)
        }
        let document = context.frame.document(page)
        let route = context.endpointPath.flatMap(SiteMap.address(pattern:))
        let cached = CachedPage(bytes: document.bytes, gaps: document.personal, variesFor: variesFor, route: route)
        store(cached, as: key, at: version)
        return .bytes(document.bytes, type: "text/html; charset=utf-8")
    }

    /// Nil for clients that accept gzip: a page filled in for one reader is compressed in the full path.
    func remembered(_ key: PageKey, _ context: SiteContext, at version: CacheKey) -> Remembered? {
        guard let member = context.member, member.roles.isEmpty, !context.visit.takesGzip,
            let cached = cached(key, at: version), let route = cached.route, !cached.variesFor.contains(member.id)
        else { return nil }
        let bytes = ByteBuffer(bytes: cached.filled(in: context.frame))
        let response = Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: ResponseBody(byteBuffer: bytes))
        return Remembered(route: route, response: response, bytes: bytes)
    }

    func knows(_ key: PageKey) -> Bool { memory.withLock { $0.cached[key] != nil } }

    var size: Int { memory.withLock { $0.size } }

    func forget(before position: Int) { memory.withLock { $0 = Memory(oldest: max($0.oldest, position)) } }

    private func written(_ finding: VisitorPages.Finding, for context: SiteContext) -> Response {
        switch finding {
        case .moved(let place): .permanentRedirect(to: place)
        case .page(let page): context.page(page)
        }
    }

    private func cached(_ key: PageKey, at version: CacheKey) -> CachedPage? {
        memory.withLock { $0.version == version ? $0.cached[key] : nil }
    }

    private func store(_ page: CachedPage, as key: PageKey, at version: CacheKey) {
        memory.withLock { memory in
            guard version.views.position >= memory.oldest else { return }
            let size = page.bytes.count + key.size
            guard size <= capacity / 4 else { return }
            if memory.version != version || memory.size + size > capacity {
                memory = Memory(version: version, oldest: memory.oldest)
            }
            memory.size += size - (memory.cached[key].map { $0.bytes.count + key.size } ?? 0)
            memory.cached[key] = page
        }
    }
}
