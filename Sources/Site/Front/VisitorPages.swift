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
    private struct Kept {
        let bytes: ByteBuffer
        let type: StaticString
        /// Under which it was asked for.
        let route: Address?
        /// Made when somebody first takes it so.
        var gzipped: ByteBuffer?

        var size: Int { bytes.readableBytes + (gzipped?.readableBytes ?? 0) }
    }

    private struct Memory {
        var moment: CacheKey?
        var kept: [PageKey: Kept] = [:]
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
        let moment = moment(context)
        guard !context.reader.isMember else { return try forMembers.answer(key, context, at: moment, find: find) }
        if let kept = kept(key, at: moment) { return response(kept, key, moment, context).response }
        switch try find() {
        case .moved(let place): return .permanentRedirect(to: place)
        case .page(let page):
            let document = context.frameForVisitors.document(page)
            guard !document.hasForm else { return context.page(page) }
            let kept = Kept(
                bytes: ByteBuffer(bytes: document.bytes), type: "text/html; charset=utf-8", route: context.route)
            return response(keep(kept, as: key, at: moment), key, moment, context).response
        }
    }

    /// A feed or another document that is the same for everybody.
    func document(
        _ key: PageKey, type: StaticString, _ context: SiteContext, make: () throws -> [UInt8]
    ) throws -> Response {
        let moment = moment(context)
        if let kept = kept(key, at: moment) { return response(kept, key, moment, context).response }
        let kept = Kept(bytes: ByteBuffer(bytes: try make()), type: type, route: context.route)
        return response(keep(kept, as: key, at: moment), key, moment, context).response
    }

    /// What is in memory for this reader; nil when the page has to be found and written.
    func remembered(_ key: PageKey, _ context: SiteContext) -> Remembered? {
        let moment = moment(context)
        guard !context.reader.isMember else { return forMembers.remembered(key, context, at: moment) }
        guard let kept = kept(key, at: moment), let route = kept.route else { return nil }
        let (response, bytes) = response(kept, key, moment, context)
        return Remembered(route: route, response: response, bytes: bytes)
    }

    /// Whether somebody has seen the page lately. Says nothing about who may.
    func knows(_ key: PageKey) -> Bool { memory.withLock { $0.kept[key] != nil } || forMembers.knows(key) }

    var size: Int { memory.withLock { $0.size } + forMembers.size }

    /// Lets go of every page at once, and keeps none any more that was made of the views before a position.
    func forget(before position: Int) {
        memory.withLock { $0 = Memory(oldest: max($0.oldest, position)) }
        forMembers.forget(before: position)
    }

    private func moment(_ context: SiteContext) -> CacheKey { CacheKey(of: views, at: context.now) }

    private func kept(_ key: PageKey, at moment: CacheKey) -> Kept? {
        memory.withLock { memory in
            if memory.moment != moment { memory = Memory(moment: moment, oldest: memory.oldest) }
            return memory.kept[key]
        }
    }

    private func keep(_ page: Kept, as key: PageKey, at moment: CacheKey) -> Kept {
        memory.withLock { memory in
            guard memory.moment == moment, moment.views.position >= memory.oldest,
                memory.kept[key]?.size ?? 0 < page.size
            else { return }
            let size = page.size + key.size
            guard size <= capacity / 4 else { return }
            if let earlier = memory.kept.removeValue(forKey: key) { memory.size -= earlier.size + key.size }
            if memory.size + size > capacity { memory = Memory(moment: moment, oldest: memory.oldest) }
            memory.kept[key] = page
            memory.size += size
        }
        return page
    }

    private func response(
        _ kept: Kept, _ key: PageKey, _ moment: CacheKey, _ context: SiteContext
    ) -> (response: Response, bytes: ByteBuffer) {
        var response = Response(
            status: .ok, headers: [.contentType: "\(kept.type)"], body: ResponseBody(byteBuffer: kept.bytes))
        guard context.visit.takesGzip else { return (response, kept.bytes) }
        var kept = kept
        if kept.gzipped == nil {
            kept.gzipped = Gzip.compress(kept.bytes, level: Gzip.fast)
            kept = keep(kept, as: key, at: moment)
        }
        if let gzipped = kept.gzipped { response.use(gzipped: gzipped) }
        return (response, kept.gzipped ?? kept.bytes)
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
