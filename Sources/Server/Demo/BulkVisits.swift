import Accounts
import Events
import Forum
import Processes

/// Visits from sign-in to sign-out: in most a member writes two replies and changes one of her answers; in some a moderator makes a round.
///
/// Replies and sign-ins are sealed, the rest is not. The number of rounds makes half of all events sealed, threads included.
struct BulkVisits {
    struct Visit {
        let number: Int
        let isRound: Bool
        let member: MemberID
        let command: CommandID
    }

    let members: [MemberID]
    private let threads: [ThreadID]
    private let posts: Int
    private let seed: UInt64
    private let ordinary: Int
    private let rounds: Int
    private static let repliesInVisit = 2
    private static let eventsInRound = 8
    private static let device = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    init(members: [MemberID], threads: [ThreadID], posts: Int, seed: UInt64) {
        self.members = members
        self.threads = threads
        self.posts = posts
        self.seed = seed
        let repliesInVisit = BulkVisits.repliesInVisit
        ordinary = (posts + repliesInVisit - 1) / repliesInVisit
        let sealedInExcess = ordinary + 2 * threads.count
        rounds = sealedInExcess / BulkVisits.eventsInRound
    }

    var count: Int { ordinary + rounds }

    /// Rounds are spread evenly among the visits.
    func visit(_ index: Int) -> Visit {
        let roundsBefore = index * rounds / count
        let isRound = (index + 1) * rounds / count > roundsBefore
        let number = isRound ? roundsBefore : index - roundsBefore
        return Visit(
            number: number, isRound: isRound, member: isRound ? members[0] : members[number % members.count],
            command: .bulk(isRound ? "round" : "visit", number, seed: seed))
    }

    /// The events in order, each for its stream.
    func streams(of visit: Visit, _ parse: (String) throws -> PostBody) throws -> [StreamAppend] {
        let signIn = BulkVisits.signIn(of: visit.member, visit.number, visit.command)
        let done = visit.isRound ? round(visit.number) : try replies(visit, parse) + [answer(visit)]
        return [signIn] + done
            + [StreamAppend(signIn.stream, expected: .any, [SignInEvent.signedOut(.chosen)])]
    }

    static func signIn(of member: MemberID, _ number: Int, _ command: CommandID) -> StreamAppend {
        let origin = Sealed(
            SignInOrigin(address: "192.0.2.\(number % 256)", device: device), .signIn, of: member, createdBy: command)
        return StreamAppend(
            StreamName(SignInID(createdBy: command)), expected: .any, [SignInEvent.signedIn(member, origin)])
    }

    private func replies(_ visit: Visit, _ parse: (String) throws -> PostBody) throws -> [StreamAppend] {
        let first = visit.number * BulkVisits.repliesInVisit
        return try (first..<min(first + BulkVisits.repliesInVisit, posts)).map { index in
            var words = SampleWords(seed: seed, threads.count + index)
            let id = PostID(createdBy: .bulk("post", index, seed: seed))
            let body = try parse(words.body())
            return append(.post(.published(id, in: words.pick(threads), author: visit.member, body: .known(body))))
        }
    }

    /// Each answer differs from the member's last one.
    private func answer(_ visit: Visit) -> StreamAppend {
        let turn = visit.number / members.count
        let wording = TextHash(of: "bulk")
        let event: ConsentEvent
        switch turn % 4 {
        case 0: event = .given(.registerLookup, form: wording)
        case 1: event = .newsletterAnswered(NewsletterAnswer(isYes: visit.member.rawValue % 2 == 0, form: wording))
        case 2: event = .withdrawn(.registerLookup)
        default: event = .newsletterAnswered(NewsletterAnswer(isYes: visit.member.rawValue % 2 == 1, form: wording))
        }
        return StreamAppend(StreamName(visit.member), expected: .any, [MemberEvent.consent(event)])
    }

    /// Moderates two threads and their first posts, and undoes it again.
    private func round(_ number: Int) -> [StreamAppend] {
        let (pinned, closed) = (2 * number % threads.count, (2 * number + 1) % threads.count)
        return [pinned, closed].flatMap { index in
            let (thread, post) = (threads[index], PostID(createdBy: .bulk("thread", index, seed: seed)))
            let moderation: [ForumEvent] =
                index == pinned
                ? [.thread(.pinned(thread)), .thread(.unpinned(thread))]
                : [.thread(.closed(thread)), .thread(.reopened(thread))]
            return moderation + [.post(.removed(post, .spam)), .post(.reinstated(post))]
        }.map(append)
    }

    private func append(_ event: ForumEvent) -> StreamAppend { StreamAppend(event.stream, expected: .any, [event]) }
}
