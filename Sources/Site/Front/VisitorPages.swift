import Events
import Hummingbird
import NIOCore
import Projections
import SiteMap
import Synchronization
import Web

/// Pages as every visitor sees them, kept in memory until something happens, or a minute has passed: their times are relative.
///
/// Nothing of one reader can come in here: the pages are written for nobody in particular, and one that holds a form is not kept.
final class VisitorPages: Sendable {
    private struct CachedPage {
        let bytes: ByteBuffer
        let type: StaticString
        /// Under which it was asked for.
        let route: Address?
        /// Made when somebody first takes it so.
        var gzipped: ByteBuffer?

        var size: Int { bytes.readableBytes + (gzipped?.readableBytes ?? 0) }
    }

    private struct Memory {
        var version: CacheKey?
        var cached: [PageKey: CachedPage] = [:]
        var size = 0
        /// Nothing is kept that was made of older views.
        var oldest = 0
    }

    private let views: Views
    private let capacity: Int
    private let memory = Mutex(Memory())
    private let forMembers: SharedPages

    /// - Parameter capacity: in bytes; when it is used up, everything is forgotten.
    init(of views: Views, capacity: Int = 8 << 20) {
        self.views = views
        self.capacity = capacity
        forMembers = SharedPages(capacity: capacity)
    }

    /// What is at an address for a reader.
    enum Finding {
        case page(any HTMLPage)
        /// The same thing has another address.
        case moved(SiteLink)
    }

    /// - Parameters:
    ///   - find: not called when the page is in memory.
    func answer(_ key: PageKey, _ context: SiteContext, find: () throws -> Finding) throws -> Response {
        // Before reading: what is read is at least as new.
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

    /// A feed or another document that is the same for everybody.
    func document(
        _ key: PageKey, type: StaticString, _ context: SiteContext, make: () throws -> [UInt8]
    ) throws -> Response {
        let version = version(context)
        if let cached = cached(key, at: version) { return response(cached, key, version, context).response }
        let cached = CachedPage(bytes: ByteBuffer(bytes: try make()), type: type, route: context.route)
        return response(store(cached, as: key, at: version), key, version, context).response
    }

    /// What is in memory for this reader; nil when the page has to be found and written.
    func remembered(_ key: PageKey, _ context: SiteContext) -> Remembered? {
        let version = version(context)
        guard !context.reader.isMember else { return forMembers.remembered(key, context, at: version) }
        guard let cached = cached(key, at: version), let route = cached.route else { return nil }
        let (response, bytes) = response(cached, key, version, context)
        return Remembered(route: route, response: response, bytes: bytes)
    }

    /// Whether somebody has seen the page lately. Says nothing about who may.
    func knows(_ key: PageKey) -> Bool { memory.withLock { $0.cached[key] != nil } || forMembers.knows(key) }

    var size: Int { memory.withLock { $0.size } + forMembers.size }

    /// Lets go of every page at once, and keeps none any more that was made of the views before a position.
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

/// A page from memory, as it is sent.
struct Remembered {
    let route: Address
    var response: Response
    /// Its body.
    let bytes: ByteBuffer
}

extension SiteContext {
    fileprivate var route: Address? { endpointPath.flatMap(SiteMap.address(pattern:)) }

    /// The frame for nobody in particular: no member, no token.
    fileprivate var frameForVisitors: PageFrame {
        PageFrame(
            siteName: visit.site.name, controller: visit.site.controller, styleSheet: visit.site.assets.styleSheet,
            script: visit.site.assets.script, reader: .visitor, now: now)
    }
}
