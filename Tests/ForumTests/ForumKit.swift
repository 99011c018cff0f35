import Events
import Testkit

@testable import Forum

/// The people, places and texts of these tests.
enum Some {
    static let anna = MemberID(rawValue: 1)
    static let bo = MemberID(rawValue: 2)
    static let moa = MemberID(rawValue: 3)
    static let astrid = MemberID(rawValue: 4)
    static let category = CategoryID(rawValue: 10)
    static let otherCategory = CategoryID(rawValue: 11)
    static let thread = ThreadID(rawValue: 20)
    static let post = PostID(rawValue: 30)
    static let revision = Subject(.revision, PostID(rawValue: 32))
    static let answer = PostID(rawValue: 31)
    static let title = try! ThreadTitle("Hur bokför jag fika?")
    static let text = try! CategoryText.parse(name: "Skatt & moms")
    static let otherText = try! CategoryText.parse(name: "Fikarummet")
    static let body = draft("Hej!")
    static let otherBody = draft("Hej igen!")

    static let created = CategoryEvent.created(category, .everybody, .known(text))
    static let opened = ThreadEvent.opened(
        thread, in: category, author: anna, first: post, title: .known(title))
    static let closed = ThreadEvent.closed(thread)
    static let published = PostEvent.published(post, in: thread, author: anna, body: .known(body))
    static let revised = PostEvent.revised(
        post, author: anna, revision: 2, under: revision, body: .known(otherBody))
}

let anna = Standing(Some.anna)
let bo = Standing(Some.bo)
let moa = Standing(Some.moa, as: .moderator)
let astrid = Standing(Some.astrid, as: .administrator)

let openThread: ForumThread = .given(Some.opened)
let closedThread: ForumThread = .given(Some.opened, Some.closed)

func resolve(_ username: String) -> MemberID? {
    switch username.lowercased() {
    case "anna": Some.anna
    case "bo.b": Some.bo
    case "moa-åsa": Some.moa
    default: nil
    }
}

func username(_ member: MemberID) -> String? {
    switch member {
    case Some.anna: "Anna"
    case Some.bo: "bo.b"
    case Some.moa: "moa-åsa"
    default: nil
    }
}

/// `Some.post` has two revisions, of 100 and 200 bytes.
func source(_ post: PostID, _ revision: Int?) -> QuotableRevision? {
    guard post == Some.post, (1...2).contains(revision ?? 2) else { return nil }
    return QuotableRevision(number: revision ?? 2, length: (revision ?? 2) * 100)
}

func parse(_ text: String, revising previous: PostBody? = nil) throws(Problems<PostProblem>) -> PostBody {
    try PostDraft.parse(text, revising: previous, resolve: resolve, source: source)
}

/// Also accepts a text that renders to nothing, since old logs contain such posts.
func draft(_ text: String) -> PostBody {
    do { return try parse(text) } catch {
        precondition(error.all == [.empty], "\(error)")
        return PostBody(stored: TypedText.lines(text) ?? "", mentions: [], quotes: [])
    }
}

/// The HTML of a post, with `{mention 0}` and `{quote 0}` in the gaps.
func html(_ text: String) -> String { PostHTML.render(draft(text)).spelledOut }

extension RenderedBody {
    var spelledOut: String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .html(let html): text += html.text
            case .mention(let index): text += "{mention \(index)}"
            case .quote(let index): text += "{quote \(index)}"
            }
        }
    }
}
