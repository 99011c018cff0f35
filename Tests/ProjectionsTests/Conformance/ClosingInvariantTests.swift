import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite struct `What the log must bear out about leaving` {
    private let anna = WrittenLog.anna
    private let astrid = WrittenLog.astrid

    @Test(.clause("P-16.1")) func `signing in or writing after closing is reported`() throws {
        var log = try WrittenLog()
        log.close(anna)
        var other = log
        log.signIn(anna, 10)
        #expect(log.broken == [.onlyMembersSignIn])
        #expect(
            log.violation(of: .onlyMembersSignIn)
                == Violation(
                    position: log.last, member: anna, what: "signed in while closed"))
        var reader = other
        other.write(anna)
        #expect(other.broken == [.onlyMembersWrite])
        let read = ConversationEvent.read(ConversationID(rawValue: 70), by: anna, through: 1)
        reader.add(read.encoded(), in: read.stream, by: .member(anna))
        #expect(reader.broken == [.onlyMembersWrite, .readingIsNoEvent], "a session that was not ended")
    }

    @Test(.clause("P-16.4")) func `signing in is how one comes back from a suspension, once it is over`() throws {
        var log = try WrittenLog()
        let end = log.time.adding(try #require(Period("P10D")))
        log.about(
            anna,
            .closing(.deactivated(DeactivationDecision(until: end, reasons: log.sealed(.statement, of: anna, 40)))),
            by: .member(astrid))
        var early = log
        early.signIn(anna, 10)
        early.about(anna, .closing(.returned))
        #expect(early.broken == [.onlyMembersSignIn, .nobodyReturnsFromBreachAlone])
        log.wait("P11D")
        log.signIn(anna, 10)
        log.about(anna, .closing(.returned))
        #expect(log.broken == [])
    }

    @Test(.clause("P-16.3")) func `an account that is closed for too long is reported with where and who`() throws {
        var log = try WrittenLog()
        log.close(anna)
        let closed = log.last
        log.wait("P335D")
        log.about(anna, .closing(.purgeAnnounced), by: .system)
        log.wait("P30D")
        #expect(!log.broken.contains(.closedAccountsAreErased))
        log.wait("P1D")
        let violation = try #require(log.violation(of: .closedAccountsAreErased))
        #expect((violation.position, violation.member) == (closed, anna))
        #expect(log.broken == [.closedAccountsAreErased])
    }

    @Test(.clause("P-16.3")) func `29 February counts until 28 February`() throws {
        var log = try WrittenLog()
        log.time = try #require(Instant("2028-02-29T11:00:00Z"))
        log.close(anna)
        log.time = try #require(Instant("2029-01-29T12:00:00Z"))
        log.about(anna, .closing(.purgeAnnounced), by: .system)
        log.time = try #require(Instant("2029-02-28T12:30:00Z"))
        #expect(log.broken == [])
        log.time = try #require(Instant("2029-02-28T13:30:00Z"))
        #expect(log.broken == [.closedAccountsAreErased])
    }

    @Test(.clause("P-16.3")) func `an account that is erased too early, or without having been closed, is reported`()
        throws
    {
        var log = try WrittenLog()
        var (ordered, open) = (log, log)
        log.close(anna)
        log.wait("P30D")
        log.purge(anna)
        #expect(log.broken == [.closedAccountsAreErased])
        ordered.close(anna)
        ordered.purge(anna, .requested)
        #expect(ordered.broken == [])
        open.purge(anna, .requested)
        #expect(open.broken == [.closedAccountsAreErased])
    }

    @Test(.clause("P-16.3")) func `an erasure that nobody was reminded of in time is reported`() throws {
        var log = try WrittenLog()
        log.close(anna)
        log.wait("P350D")
        var late = log
        #expect(log.broken == [.erasuresAreAnnounced])
        log.wait("P16D")
        log.purge(anna)
        #expect(log.broken == [.erasuresAreAnnounced])
        late.about(anna, .closing(.purgeAnnounced), by: .system)
        #expect(late.broken == [])
        late.wait("P16D")
        var waiting = late
        late.purge(anna)
        #expect(late.violation(of: .erasuresAreAnnounced)?.what.hasPrefix("erased too soon after the reminder") == true)
        waiting.wait("P14D")
        #expect(waiting.broken == [])
        waiting.purge(anna)
        #expect(waiting.broken == [])
    }

    @Test(.clause("P-01.2"), .clause("P-16.3"))
    func `a version that shortens the time leaves none for a reminder, and breaks nothing by it`() throws {
        var log = try WrittenLog()
        log.close(anna)
        log.wait("P200D")
        let day = log.time.adding(Period(days: 1)).stockholmDate
        let shorter = try Texts.policy(
            day.description, ("\"closedAccount\":\"P1Y\"", "\"closedAccount\":\"P6M\""))
        log.add(PolicyEvent.policyPublished(shorter), in: PolicyDocument.stream, by: .operator)
        log.time = day.startInStockholm
        log.add(PolicyEvent.policyInForce(day), in: PolicyDocument.stream, by: .system)
        log.wait("PT30M")
        #expect(log.broken == [])
        log.purge(anna)
        #expect(log.broken == [])
    }

    @Test(.clause("P-16.3")) func `an erasure without a fence, or one that is never finished, is reported`() throws {
        var log = try WrittenLog()
        log.close(anna)
        var unfinished = log
        log.purge(anna, .requested, fencing: false)
        #expect(log.broken == [.erasuresAreCompleted])
        unfinished.purge(anna, .requested, finishing: false)
        #expect(unfinished.broken == [])
        unfinished.wait("P2D")
        #expect(unfinished.broken == [.erasuresAreCompleted])
    }

    @Test(.clause("P-16.3")) func `an event about a member after the erasure is reported`() throws {
        var log = try WrittenLog()
        log.close(anna)
        log.purge(anna, .requested)
        var sealed = log
        log.about(anna, .consent(.mailChoiceSet(.reply, .no)))
        #expect(log.broken == [.nothingAfterErasure])
        sealed.add(
            SignInEvent.signedIn(astrid, sealed.sealed(.signIn, of: anna, 60)).encoded(),
            in: StreamName(Identifier<SignInKind>(rawValue: 60)), by: .member(astrid))
        #expect(sealed.violation(of: .nothingAfterErasure)?.member == anna)
    }

    @Test(.clause("P-16.4")) func `a closing for breach without reasons is reported`() throws {
        var log = try WrittenLog()
        var told = log
        log.close(anna, .breach, by: .member(astrid))
        #expect(log.broken == [.decisionsHaveReasons])
        told.close(anna, .breach, reasons: told.sealed(.statement, of: anna, 41), by: .member(astrid))
        #expect(told.broken == [])
    }

    @Test(.clause("P-16.4")) func `coming back alone from a breach is reported`() throws {
        var log = try WrittenLog()
        log.close(anna, .breach, reasons: log.sealed(.statement, of: anna, 41), by: .member(astrid))
        var byStaff = log
        log.about(anna, .closing(.restored), by: .visitor)
        #expect(log.broken == [.nobodyReturnsFromBreachAlone])
        byStaff.about(anna, .closing(.restored), by: .member(astrid))
        #expect(byStaff.broken == [])
    }

    @Test(.clause("P-16.4")) func `an unused account that is closed without its warnings is reported`() throws {
        var log = try WrittenLog()
        let rule = #""unusedAccount":{"closedAfter":"P3Y","warnBefore":["P60D","P14D"]},"version":"#
        let policy = try Texts.policy(log.time.stockholmDate.description, (#""version":"#, rule))
        log.add(PolicyEvent.policyPublished(policy), in: PolicyDocument.stream, by: .operator)
        log.add(PolicyEvent.policyInForce(policy.version), in: PolicyDocument.stream, by: .operator)
        log.wait("P1034D")
        log.about(anna, .closing(.unusedWarned), by: .system)
        var warned = log
        log.wait("P61D")
        log.close(anna, .unused, by: .system)
        #expect(log.violation(of: .unusedAccountsAreWarned)?.what == "closed after 1 of 2 warnings")
        warned.wait("P46D")
        warned.about(anna, .closing(.unusedWarned), by: .system)
        warned.wait("P15D")
        warned.close(anna, .unused, by: .system)
        #expect(warned.broken == [])
    }

    @Test(.clause("P-16.4")) func `a suspended account that stays so for too long is reported`() throws {
        var log = try WrittenLog()
        let end = log.time.adding(Period(days: 10))
        log.about(
            anna,
            .closing(.deactivated(DeactivationDecision(until: end, reasons: log.sealed(.statement, of: anna, 40)))),
            by: .member(astrid))
        log.wait("P6M")
        #expect(log.broken == [])
        log.wait("P11D")
        #expect(log.broken == [.unreturnedAccountsAreClosed])
    }

    @Test(.clause("P-16.6")) func `restoring what should have been erased is reported`() throws {
        var log = try WrittenLog()
        log.close(anna)
        log.wait("P340D")
        log.about(anna, .closing(.purgeAnnounced), by: .system)
        log.wait("P30D")
        log.about(anna, .closing(.restored), by: .member(astrid))
        #expect(log.broken == [.restoredInTime])
    }

    @Test(.clause("P-16.7")) func `an opening of data by somebody without the right to it is reported`() throws {
        let log = try WrittenLog()
        let viewed = StreamName(Identifier<ViewedMemberKind>(rawValue: anna.rawValue))
        func opened(_ role: Role, by actor: Actor, closing: Bool = false) -> Set<InvariantName> {
            var log = log
            if closing { log.close(anna) }
            let view = DataView(role: role, reason: .support, note: nil)
            log.add(OversightEvent.viewed(view).encoded(), in: viewed, by: actor)
            return log.broken
        }
        #expect(opened(.administrator, by: .member(astrid)) == [])
        #expect(opened(.administrator, by: .operator, closing: true) == [])
        #expect(opened(.auditor, by: .member(astrid)) == [.viewingsAreJustified])
        #expect(opened(.administrator, by: .member(anna)) == [.viewingsAreJustified])
        #expect(opened(.auditor, by: .operator, closing: true) == [.viewingsAreJustified])
        #expect(opened(.administrator, by: .visitor) == [.viewingsAreJustified])
    }

    @Test(.clause("P-12.3"), .clause("P-16.7"))
    func `a number shown to somebody without the right to see it is reported`() throws {
        let log = try WrittenLog()
        let viewed = StreamName(Identifier<ViewedMemberKind>(rawValue: anna.rawValue))
        func shown(_ event: OversightEvent, by actor: Actor, closed: Bool = false) -> Set<InvariantName> {
            var log = log
            if closed { log.close(anna) }
            log.add(event.encoded(), in: viewed, by: actor)
            return log.broken
        }
        func number(_ role: Role) -> OversightEvent {
            .numberShown(NumberView(role: role, reason: .identification, place: .account, note: nil))
        }
        func text(_ role: Role) -> OversightEvent {
            .textNumberShown(
                TextNumberView(role: role, reason: .moderation, place: .message(MessageID(rawValue: 71))))
        }
        for event in [number(.administrator), text(.administrator)] {
            #expect(shown(event, by: .member(astrid)) == [])
            for actor in [Actor.member(anna), .visitor, .system] {
                #expect(shown(event, by: actor) == [.numbersAreShownWithCare])
            }
        }
        #expect(shown(number(.moderator), by: .operator) == [.numbersAreShownWithCare])
        #expect(shown(text(.auditor), by: .operator) == [.numbersAreShownWithCare])
        #expect(shown(text(.administrator), by: .member(astrid), closed: true) == [])
    }

    @Test(.clause("P-13.1")) func `a replaced key that is kept for too long is reported`() throws {
        var log = try WrittenLog()
        log.add(KeysRotated(epoch: 2).encoded(), in: StreamName("keys"), by: .operator)
        log.wait("P30D")
        #expect(log.broken == [])
        log.wait("P1D")
        #expect(log.broken == [.replacedKeysAreDestroyed])
        log.add(KeyEpochDestroyed(epoch: 1).encoded(), in: StreamName("keys"), by: .system)
        #expect(log.broken == [])
    }
}
