import Crypto
import Events
import Hummingbird
import NIOCore
import Projections
import SiteMap
import Synchronization
import Web

/// A cache of pages as rendered for visitors, valid until the views change or a minute has passed, because shown times are relative.
///
/// No reader's data can enter the cache: pages are rendered without reader and token, and a page that holds a form is not stored.
final class VisitorPages: Sendable {
    private struct CachedPage {
        let bytes: ByteBuffer
        let type: StaticString
        /// The address of the request that rendered it.
        let route: Address?
        /// Compressed at the first request that accepts gzip.
        var gzipped: ByteBuffer?

        var size: Int { bytes.readableBytes + (gzipped?.readableBytes ?? 0) }
    }

    private struct Memory {
        var version: CacheKey?
        var cached: [PageKey: CachedPage] = [:]
        var size = 0
        /// Pages rendered from views before this log position are not stored.
        var oldest = 0
    }

    private let views: Views
    private let capacity: Int
    private let memory = Mutex(Memory())
    private let forMembers: SharedPages

    /// - Parameter capacity: in bytes; when it is used up, the whole cache is emptied.
    init(of views: Views, capacity: Int = 8 << 20) {
        self.views = views
        self.capacity = capacity
        forMembers = SharedPages(capacity: capacity)
    }

    /// What an address leads to.
    enum Finding {
        case page(any HTMLPage)
        /// The page has another address.
        case moved(SiteLink)
    }

    /// - Parameters:
    ///   - find: not called when the page is cached.
    func answer(_ key: PageKey, _ context: SiteContext, find: () throws -> Finding) throws -> Response {
        // Taken before reading, so that the data read is at least as new as the version.
        let version = version(context)
        guard !context.reader.isMember else { return try forMembers.answer(key, context, at: version, find: find) }
        if let cached = cached(key, at: version) { return response(cached, key, version, context).response }
        switch try find() {
        case .moved(let place): return .permanentRedirect(to: place)
        case .page(let page):
            let document = context.frameForVisitors.document(page)
            guard !document.hasForm else { return context.page(page) }
            let cached = CachedPage(
                bytes: ByteBuffer(bytes: document.bytes), type: "text/html; charset=utf-8", route: context.route)
            return response(store(cached, as: key, at: version), key, version, context).response
        }
    }

    /// A feed or another document that is the same for all readers, and the hash of its bytes.
    func document(
        _ key: PageKey, type: StaticString, _ context: SiteContext, make: () throws -> [UInt8]
    ) throws -> (response: Response, hash: String) {
        let version = version(context)
        let cached =
            try cached(key, at: version)
            ?? store(
                CachedPage(bytes: ByteBuffer(bytes: try make()), type: type, route: context.route), as: key, at: version
            )
        let hash = Hex.encode(Array(SHA256.hash(data: cached.bytes.readableBytesView).prefix(16)))
        return (response(cached, key, version, context).response, hash)
    }

    /// The cached page for this reader; nil when it has to be rendered.
    func remembered(_ key: PageKey, _ context: SiteContext) -> Remembered? {
        let version = version(context)
        guard !context.reader.isMember else { return forMembers.remembered(key, context, at: version) }
        guard let cached = cached(key, at: version), let route = cached.route else { return nil }
        let (response, bytes) = response(cached, key, version, context)
        return Remembered(route: route, response: response, bytes: bytes)
    }

    /// Whether the page is cached for any reader, which says nothing about who may see it.
    func knows(_ key: PageKey) -> Bool { memory.withLock { $0.cached[key] != nil } || forMembers.knows(key) }

    var size: Int { memory.withLock { $0.size } + forMembers.size }

    /// Drops all pages, and from now on stores none rendered from views before `position`.
    func forget(before position: Int) {
        memory.withLock { $0 = Memory(oldest: max($0.oldest, position)) }
        forMembers.forget(before: position)
    }

    private func version(_ context: SiteContext) -> CacheKey { CacheKey(of: views, at: context.now) }

    private func cached(_ key: PageKey, at version: CacheKey) -> CachedPage? {
        memory.withLock { memory in
            if memory.version != version { memory = Memory(version: version, oldest: memory.oldest) }
            return memory.cached[key]
        }
    }

    private func store(_ page: CachedPage, as key: PageKey, at version: CacheKey) -> CachedPage {
        memory.withLock { memory in
            guard memory.version == version, version.views.position >= memory.oldest,
                memory.cached[key]?.size ?? 0 < page.size
            else { return }
            let size = page.size + key.size
            guard size <= capacity / 4 else { return }
            if let earlier = memory.cached.removeValue(forKey: key) { memory.size -= earlier.size + key.size }
            if memory.size + size > capacity { memory = Memory(version: version, oldest: memory.oldest) }
            memory.cached[key] = page
            memory.size += size
        }
        return page
    }

    private func response(
        _ cached: CachedPage, _ key: PageKey, _ version: CacheKey, _ context: SiteContext
    ) -> (response: Response, bytes: ByteBuffer) {
        var response = Response(
            status: .ok, headers: [.contentType: "\(cached.type)"], body: ResponseBody(byteBuffer: cached.bytes))
        guard context.visit.takesGzip else { return (response, cached.bytes) }
        var cached = cached
        if cached.gzipped == nil {
            cached.gzipped = Gzip.compress(cached.bytes, level: Gzip.fast)
            cached = store(cached, as: key, at: version)
        }
        if let gzipped = cached.gzipped { response.use(gzipped: gzipped) }
        return (response, cached.gzipped ?? cached.bytes)
    }
}

/// A cached page, ready to send.
struct Remembered {
    let route: Address
    var response: Response
    /// The body of `response`.
    let bytes: ByteBuffer
}

extension SiteContext {
    fileprivate var route: Address? { endpointPath.flatMap(SiteMap.address(pattern:)) }

    /// The frame without reader: no member, no form token.
    fileprivate var frameForVisitors: PageFrame {
        PageFrame(
            siteName: visit.site.name, baseURL: visit.site.baseURL, controller: visit.site.controller,
            assets: visit.site.assets, reader: .visitor, now: now)
    }
}
