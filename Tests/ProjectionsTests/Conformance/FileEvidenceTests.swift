import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Forum
@testable import Projections

@Suite struct `Evidence in files beside the log` {
    private let anna = WrittenLog.anna
    private let post = WrittenLog.post

    @Test(.clause("P-05.1")) func `has visitors' networks, and no whole address in any notation`() throws {
        let log = try WrittenLog()
        func broken(_ networks: String...) -> Bool {
            var visits = VisitsSeen(position: log.last)
            visits.networks = networks
            return log.audit(visits).verdict(on: .visitLog) == .broken
        }
        #expect(!broken("192.0.2.0/24", "2001:db8:1::/48", "10.0.0.0/8"))
        for whole in [
            "192.0.2.7", "192.0.2.7/24", "192.0.2.0/25", "192.0.2.7/32", "2001:db8:1:2::/64", "2001:db8::1/48", "",
        ] {
            #expect(broken(whole), "\(whole)")
        }
    }

    @Test(.clause("P-05.1"))
    func `has no row that is older than the rule, and no column that the policy does not list`()
        throws
    {
        var log = try WrittenLog()
        var visits = VisitsSeen(position: log.last)
        visits.oldest = log.time
        visits.columns = ["id", "time", "page", "ip_address"]
        log.wait("P90D")
        #expect(log.audit(visits).verdict(on: .visitLog) == .proved)
        var more = visits
        more.columns.append("user_agent")
        #expect(log.audit(more).verdict(on: .visitLog) == .broken)
        log.wait("P1D")
        #expect(log.audit(visits).verdict(on: .visitLog) == .broken)
    }

    @Test(.clause("P-05.2")) func `ties a visit to a member only from her signing in to her signing out`() throws {
        var log = try WrittenLog()
        let before = log.time
        log.wait("PT1H")
        log.signIn(anna, 10)
        let signedIn = log.time
        log.wait("PT1H")
        log.add(
            SignInEvent.signedOut(.chosen), in: StreamName(Identifier<SignInKind>(rawValue: 10)), by: .member(anna))
        let signedOut = log.time
        log.wait("PT1H")
        func broken(_ member: MemberID, _ first: Instant, _ last: Instant) -> Bool {
            var visits = VisitsSeen(position: log.last)
            visits.memberVisits = [.init(member: member, first: first, last: last)]
            return log.audit(visits).verdict(on: .visitsOfMembers) == .broken
        }
        #expect(!broken(anna, signedIn, signedOut))
        #expect(broken(anna, before, signedOut), "stitched backwards")
        #expect(broken(anna, signedIn, log.time), "went on after signing out")
        #expect(broken(WrittenLog.astrid, signedIn, signedIn), "of one who never signed in")
        var mixed = VisitsSeen(position: log.last)
        mixed.mixedVisits = 1
        #expect(log.audit(mixed).verdict(on: .visitsOfMembers) == .broken)
    }

    @Test(.clause("P-16.3"), .clause("P-06.3"))
    func `shows no text that is deleted, removed or erased, and holds none that is erased`() throws {
        var log = try WrittenLog()
        log.write(anna)
        func broken(visible: Bool, body: Bool, in log: WrittenLog) -> Bool {
            var texts = TextsSeen(position: log.last)
            texts.posts = [post: .init(author: anna, subject: Subject(.post, post), isVisible: visible, hasBody: body)]
            return log.audit(texts).outcomes[.viewsForgetTheErased]?.violations != nil
        }
        #expect(!broken(visible: true, body: true, in: log))
        log.add(PostEvent.deleted(post), in: StreamName(post), by: .member(anna))
        #expect(broken(visible: true, body: true, in: log))
        #expect(!broken(visible: false, body: true, in: log), "she can undo it")
        var restored = log
        restored.add(PostEvent.restored(post), in: StreamName(post), by: .member(anna))
        #expect(!broken(visible: true, body: true, in: restored))
        log.erase(.subjects([Subject(.post, post)]))
        #expect(broken(visible: false, body: true, in: log))
        #expect(!broken(visible: false, body: false, in: log))
    }

    @Test(.clause("P-16.3")) func `shows no title and no quote that is erased`() throws {
        var log = try WrittenLog()
        log.write(anna)
        log.erase(.owner(Owner(anna)))
        var texts = TextsSeen(position: log.last)
        #expect(log.audit(texts).outcomes[.viewsForgetTheErased]?.violations == nil)
        texts.titles = [ThreadID(rawValue: 4): anna]
        texts.posts = [post: .init(author: anna, subject: Subject(.post, post), isVisible: true, hasBody: false)]
        texts.quotes = [(post, Subject(.post, post))]
        #expect(log.audit(texts).outcomes[.viewsForgetTheErased]?.violations?.count == 2)
    }

    @Test(.clause("P-11.1")) func `shows the municipality that was given last, until it is erased or withdrawn`() throws
    {
        var log = try WrittenLog()
        let (first, second) = (MemberID(rawValue: 30), MemberID(rawValue: 31))
        log.about(anna, .profile(.municipalityDeclared(log.sealed(.municipality, of: anna, 30))))
        func broken(_ shown: ViewsSeen.Shown.Municipality, in log: WrittenLog) -> Bool {
            let member = ViewsSeen.Shown(name: false, ageAndSex: false, municipality: shown)
            return log.audit(ViewsSeen(position: log.last, members: [anna: member])).verdict(on: .municipality)
                == .broken
        }
        #expect(!broken(.of(Subject(.municipality, first)), in: log))
        #expect(broken(.unknown, in: log))
        #expect(broken(.of(Subject(.municipality, second)), in: log))
        var withdrawn = log
        withdrawn.about(anna, .profile(.municipalityWithdrawn))
        #expect(broken(.of(Subject(.municipality, first)), in: withdrawn))
        #expect(!broken(.none, in: withdrawn))
        log.erase(.subjects([Subject(.municipality, first)]))
        #expect(broken(.of(Subject(.municipality, first)), in: log))
    }

    @Test(.clause("P-16.3")) func `has no key of what is erased, and may have those of an erasure under way`() throws {
        var log = try WrittenLog()
        let subject = Subject(.email, anna)
        func broken(_ log: WrittenLog) -> Bool {
            let vault = VaultSeen(position: log.last, keys: [(7, subject, Owner(anna))])
            return log.audit(vault).outcomes[.erasedKeysAreGone]?.violations != nil
        }
        #expect(!broken(log))
        var underWay = log
        underWay.erase(.subjects([subject]), finishing: false)
        #expect(!broken(underWay))
        log.erase(.subjects([subject]))
        #expect(broken(log))
    }

    @Test(.clause("P-16.1")) func `has sessions of members, and those of others no longer than the hourly jobs take`()
        throws
    {
        var log = try WrittenLog()
        func broken(_ log: WrittenLog) -> Bool {
            var runtime = RuntimeSeen(position: log.last, readAt: log.time)
            runtime.sessions = [anna]
            return log.audit(runtime).outcomes[.sessionsAreOfMembers]?.violations != nil
        }
        #expect(!broken(log))
        log.close(anna)
        log.wait("PT1H")
        #expect(!broken(log))
        log.wait("PT2H")
        #expect(broken(log))
    }

    @Test(.clause("P-06.4")) func `has drafts for as long as the rule, of members alone`() throws {
        var log = try WrittenLog()
        func broken(_ member: MemberID, _ saved: Instant, in log: WrittenLog) -> Bool {
            var reading = ReadingSeen(position: log.last, readAt: log.time)
            reading.members = ["drafts": [member]]
            reading.oldestDraft = saved
            return log.audit(reading).outcomes[.readingBelongsToMembers]?.violations != nil
        }
        let saved = log.time
        #expect(!broken(anna, saved, in: log))
        #expect(broken(MemberID(rawValue: 99), saved, in: log))
        log.wait("P30D")
        #expect(!broken(anna, saved, in: log))
        log.wait("P1D")
        #expect(broken(anna, saved, in: log))
    }

    @Test(
        .clause("P-13.1"),
        arguments: [
            ("views-12.sqlite-wal", true), ("log.sqlite", true), ("checkpoint-before-0000000000001", true),
            ("keys", true),
            ("log.sqlite.bak", false), ("copy-of-vault.sqlite", false), ("views-.sqlite", false),
            ("members.csv", false),
        ])
    func `lies in files that the list of stores names`(name: String, isListed: Bool) throws {
        let log = try WrittenLog()
        let audit = log.audit(DirectorySeen(position: log.last, names: [name]))
        #expect((audit.outcomes[.storesAreListed]?.violations == nil) == isListed)
    }
}
