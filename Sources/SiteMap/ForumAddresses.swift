package import Events

/// The forum: categories, threads, posts, search and feeds.
extension Address {
    package static let forum = Address("/forum", past: .shown)
    package static let category = Address("/forum/{category}", past: .shown)
    package static let newThread = Address("/forum/{category}/ny", for: .members)
    package static let categoryFeed = Address("/forum/{category}/feed.atom")
    package static let thread = Address("/trad/{id}", namesPublicText: true, past: .shown)
    package static let titledThread = Address("/trad/{id}/{slug}", namesPublicText: true, past: .shown)
    package static let reply = Address("/trad/{id}/svara", for: .members, namesPublicText: true)
    package static let retitleThread = Address("/trad/{id}/rubrik", for: .members)
    package static let watchThread = Address("/trad/{id}/bevaka", for: .members)
    package static let watchCategory = Address("/forum/{category}/bevaka", for: .members)
    package static let post = Address("/inlagg/{id}", namesPublicText: true, past: .shown)
    package static let editPost = Address("/inlagg/{id}/andra", for: .members)
    package static let erasePost = Address("/inlagg/{id}/radera", for: .members)
    package static let restorePost = Address("/inlagg/{id}/angra", for: .members)
    package static let postHistory = Address("/inlagg/{id}/historik", for: .members, namesPublicText: true)
    package static let eraseRevision = Address("/inlagg/{id}/historik/{number}/radera", for: .members)
    package static let restoreRevision = Address("/inlagg/{id}/historik/{number}/angra", for: .members)
    package static let postPreview = Address("/forhandsgranska", for: .members)
    package static let search = Address("/sok", past: .shown)
    package static let feed = Address("/feed.atom")

    static let forumAddresses: [Address] = [
        .forum, .category, .newThread, .categoryFeed, .thread, .titledThread, .reply, .retitleThread, .watchThread,
        .watchCategory, .post, .editPost, .erasePost, .restorePost, .postHistory, .eraseRevision, .restoreRevision,
        .postPreview, .search, .feed,
    ]
}

extension SiteLink {
    package static var forum: SiteLink { Address.forum.link() }
    package static func category(_ slug: String, page: Int = 1) -> SiteLink { Address.category.link(slug).page(page) }
    package static func newThread(in category: String) -> SiteLink { Address.newThread.link(category) }
    package static func categoryFeed(_ category: String) -> SiteLink { Address.categoryFeed.link(category) }
    /// A thread's page. The slug is cosmetic; `post` adds a fragment that leads to one post on the page.
    package static func thread(_ id: ThreadID, slug: String? = nil, page: Int = 1, post: PostID? = nil) -> SiteLink {
        let thread = slug.map { Address.titledThread.link(id, $0) } ?? Address.thread.link(id)
        return thread.page(page).fragment(post.map { SiteLink.anchor(of: $0) })
    }
    package static func reply(to thread: ThreadID, quoting post: PostID? = nil) -> SiteLink {
        Address.reply.link(thread).with("citat", post?.description)
    }
    package static func retitleThread(_ id: ThreadID) -> SiteLink { Address.retitleThread.link(id) }
    package static func watchThread(_ id: ThreadID) -> SiteLink { Address.watchThread.link(id) }
    package static func watchCategory(_ category: String) -> SiteLink { Address.watchCategory.link(category) }
    package static func post(_ id: PostID) -> SiteLink { Address.post.link(id) }
    package static func editPost(_ id: PostID) -> SiteLink { Address.editPost.link(id) }
    package static func erasePost(_ id: PostID) -> SiteLink { Address.erasePost.link(id) }
    package static func restorePost(_ id: PostID) -> SiteLink { Address.restorePost.link(id) }
    package static func eraseRevision(_ number: Int, of id: PostID) -> SiteLink {
        Address.eraseRevision.link(id, number)
    }
    package static func restoreRevision(_ number: Int, of id: PostID) -> SiteLink {
        Address.restoreRevision.link(id, number)
    }
    package static func postHistory(_ id: PostID, page: Int = 1) -> SiteLink {
        Address.postHistory.link(id).page(page)
    }
    package static var postPreview: SiteLink { Address.postPreview.link() }
    package static func search(_ words: String = "", page: Int = 1) -> SiteLink {
        Address.search.link().with("q", words).page(page)
    }
    package static var feed: SiteLink { Address.feed.link() }
}
