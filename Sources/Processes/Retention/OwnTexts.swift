package import Accounts
package import Events
import Forum
import Projections
import SiteMap

/// A member's own texts that identify her, proposed for erasure when her other texts stay (P-16.1).
package struct OwnTexts: Sendable {
    /// The limits on texts read of each kind, and on findings listed one by one.
    package static let mostRead = 5000
    static let mostListed = 120

    package struct Finding: Sendable {
        package let subject: Subject
        package let page: SiteLink
        let isTitle: Bool
        package let excerpt: String
        package let time: Instant
        package let details: Set<OwnDetails.Kind>

        package init(
            subject: Subject, page: SiteLink, isTitle: Bool, excerpt: String, time: Instant,
            details: Set<OwnDetails.Kind>
        ) {
            self.subject = subject
            self.page = page
            self.isTitle = isTitle
            self.excerpt = excerpt
            self.time = time
            self.details = details
        }
    }

    package let findings: [Finding]
    /// Whether older texts were left out.
    package let isPartial: Bool

    package var listed: ArraySlice<Finding> { findings.prefix(OwnTexts.mostListed) }
    package var others: ArraySlice<Finding> { findings.dropFirst(OwnTexts.mostListed) }

    /// The chosen findings only: a submitted subject that is not a finding, such as another member's text, is ignored.
    /// - Parameter chosen: subjects as the form sends them.
    package func marked(_ chosen: [String], withOthers: Bool) -> [Subject] {
        let chosen = Set(chosen)
        return listed.map(\.subject).filter { chosen.contains($0.description) }
            + (withOthers ? others.map(\.subject) : [])
    }
}

extension SlowReads {
    /// Reads a member's own posts, titles and messages from the log, newest first, and finds those that contain details about her.
    /// - Parameter most: how many of each kind are read.
    package func ownTexts(
        of member: MemberID, in application: Application, most: Int = OwnTexts.mostRead
    ) async throws -> OwnTexts {
        guard let account = try application.accounts.member(member).account, let details = OwnDetails(of: account)
        else {
            return OwnTexts(findings: [], isPartial: false)
        }
        return try await read { snapshot in
            let posts = try snapshot.posts.ids(by: member, limit: most + 1)
            let threads = try snapshot.threads.ids(by: member, limit: most + 1)
            let messages = try snapshot.conversations.messages(by: member, limit: most + 1)
            let found =
                try threads.prefix(most).compactMap { try application.finding(inTitleOf: $0, details) }
                + posts.prefix(most).compactMap { try application.finding(in: $0, details) }
                + application.findings(inMessages: messages.prefix(most), details)
            return OwnTexts(
                findings: found.sorted { $0.time > $1.time },
                isPartial: max(posts.count, threads.count, messages.count) > most)
        }
    }
}

extension Application {
    /// The texts to erase at the purge when an account is closed by another person or by a rule: those that would be preselected for its
    /// owner. Without a limit, because no one could be informed that texts were left out.
    package func textsIdentifyingTheAuthor(_ member: MemberID) async throws -> [Subject] {
        await waitForViews()
        return try await SlowReads(of: views).ownTexts(of: member, in: self, most: .max - 1).findings.map(\.subject)
    }

    /// Searches all revisions, because all can be read until they are erased.
    fileprivate func finding(in id: PostID, _ details: OwnDetails) throws -> OwnTexts.Finding? {
        guard let history = try forum.post(id) else { return nil }
        let bodies = history.revisions.compactMap(\.body.value)
        let found = bodies.reduce(into: Set()) { $0.formUnion(details.found(in: $1.stored)) }
        guard !found.isEmpty, let last = bodies.last, let first = history.revisions.first else { return nil }
        return OwnTexts.Finding(
            subject: Subject(.post, id), page: .post(id), isTitle: false,
            excerpt: PlainText(of: last).excerpt(140).text { _ in "@…" }, time: first.time, details: found)
    }

    fileprivate func finding(inTitleOf id: ThreadID, _ details: OwnDetails) throws -> OwnTexts.Finding? {
        let events = try log.events(in: StreamName(id))
        let titles = try events.compactMap { try ThreadEvent.decode($0)?.title?.value }
        let found = titles.reduce(into: Set()) { $0.formUnion(details.found(in: $1.text)) }
        guard !found.isEmpty, let last = titles.last, let opened = events.first else { return nil }
        return OwnTexts.Finding(
            subject: Subject(.thread, id), page: .thread(id), isTitle: true, excerpt: last.text, time: opened.time,
            details: found)
    }
}
