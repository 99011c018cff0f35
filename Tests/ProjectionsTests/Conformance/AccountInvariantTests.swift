import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Projections

@Suite struct `What the log must bear out about accounts` {
    private let anna = WrittenLog.anna
    private let astrid = WrittenLog.astrid

    @Test func `a life as the rules want it breaks nothing`() throws {
        var log = try WrittenLog()
        log.signIn(anna, 10)
        log.write(anna)
        log.about(anna, .consent(.given(.visibleName, form: TextHash(of: "form"))))
        log.about(anna, .consent(.withdrawn(.visibleName)))
        log.about(anna, .password(.set(log.sealed(.credential, of: anna, 11), .changed)))
        log.erase(.subjects([Subject(.credential, anna)]))
        log.close(anna)
        log.erase(.subjects([Subject(.signIn, MemberID(rawValue: 10))]))
        log.wait("P335D")
        log.about(anna, .closing(.purgeAnnounced), by: .system)
        log.wait("P30D")
        log.wait("PT1H")
        log.purge(anna)
        log.wait("P1Y")
        #expect(log.broken == [])
        #expect(log.audit().unreadable == [] && log.broken == [])
    }

    @Test(.clause("P-00.1")) func `a version that begins before its day, twice, or never is reported`() throws {
        var log = try WrittenLog()
        let next = try Texts.policy("2026-06-01")
        log.add(PolicyEvent.policyPublished(next), in: PolicyDocument.stream, by: .operator)
        var (early, late, twice) = (log, log, log)
        early.add(PolicyEvent.policyInForce(next.version), in: PolicyDocument.stream, by: .system)
        #expect(early.violation(of: .versionsBeginOnTheirDay)?.position == early.last)
        late.wait("P1Y")
        #expect(late.violation(of: .versionsBeginOnTheirDay)?.what == "2026-06-01 has not come into force")
        twice.wait("P1Y")
        for _ in 1...2 { twice.add(PolicyEvent.policyInForce(next.version), in: PolicyDocument.stream, by: .system) }
        #expect(twice.broken == [.versionsBeginOnTheirDay])
        log.add(PolicyEvent.policyInForce(Texts.day("2031-01-01")), in: PolicyDocument.stream, by: .system)
        #expect(log.violation(of: .versionsBeginOnTheirDay)?.what == "2031-01-01 was never published")
    }

    @Test(.clause("P-01.1")) func `an acceptance of a version or a text that was not in force is reported`() throws {
        var log = try WrittenLog()
        let policy = try PolicyDocument.first()
        var other = log
        log.about(
            anna,
            .consent(
                .policyAccepted(
                    Acceptance(version: Texts.day("2031-01-01"), text: policy.hash, form: TextHash(of: "form")))))
        #expect(log.violation(of: .acceptedVersionsWereInForce)?.what == "2031-01-01 was not in force")
        other.about(
            anna,
            .consent(
                .policyAccepted(
                    Acceptance(version: policy.version, text: TextHash(of: "another"), form: TextHash(of: "form")))))
        #expect(other.broken == [.acceptedVersionsWereInForce])
        #expect(other.violation(of: .acceptedVersionsWereInForce)?.member == anna)
    }

    @Test(.clause("P-01.1")) func `becoming a member without accepting the texts is reported`() throws {
        var log = try WrittenLog()
        try log.join(MemberID(rawValue: 9), accepting: false)
        #expect(log.broken == [.membersAcceptedBothTexts])
        #expect(log.audit().outcomes[.membersAcceptedBothTexts]?.violations?.count == 2)
    }

    @Test(.clause("P-01.1"), .clause("P-11.2"))
    func `a consent given by somebody else, or withdrawn without having been given, is reported`() throws {
        var log = try WrittenLog()
        var other = log
        log.about(anna, .consent(.given(.visibleName, form: TextHash(of: "form"))), by: .member(astrid))
        #expect(log.broken == [.consentsAreOnesOwn])
        other.about(anna, .consent(.withdrawn(.registerLookup)))
        #expect(other.violation(of: .consentsAreOnesOwn)?.what == "register-lookup was never given")
    }

    @Test(.clause("P-01.3")) func `writing before a major change is accepted is reported`() throws {
        var log = try WrittenLog()
        let next = try Texts.policy("2026-06-01")
        log.add(PolicyEvent.policyPublished(next), in: PolicyDocument.stream, by: .operator)
        log.write(anna)
        log.wait("P1Y")
        log.add(PolicyEvent.policyInForce(next.version), in: PolicyDocument.stream, by: .system)
        var accepted = log
        log.write(anna)
        #expect(log.broken == [.nobodyWritesBeforeAccepting])
        #expect(log.violation(of: .nobodyWritesBeforeAccepting)?.position == log.last)
        accepted.about(
            anna,
            .consent(.policyAccepted(Acceptance(version: next.version, text: next.hash, form: TextHash(of: "form")))))
        accepted.write(anna)
        #expect(accepted.broken == [])
    }

    @Test(.clause("P-06.1")) func `a sign-up that stays for too long is reported`() throws {
        var log = try WrittenLog()
        try log.join(MemberID(rawValue: 9), confirming: false)
        log.wait("P7D")
        #expect(log.broken == [])
        log.wait("PT3H")
        #expect(log.broken == [.signUpsLapse])
        log.about(MemberID(rawValue: 9), .registration(.signUpLapsed), by: .system)
        #expect(log.broken == [])
    }

    @Test(.clause("P-12.2")) func `signing in after a compromise without a new password is reported`() throws {
        var log = try WrittenLog()
        log.about(anna, .password(.compromiseReported))
        log.erase(.subjects([Subject(.credential, anna)]))
        log.signIn(anna, 10)
        #expect(log.broken == [.compromisedNeedNewPassword])
    }

    @Test(.clause("P-12.2")) func `an old address that is kept for too long is reported`() throws {
        var log = try WrittenLog()
        log.about(anna, .email(.changeRequested(log.sealed(.email, of: anna, 20))))
        log.about(anna, .email(.changed))
        log.wait("P8D")
        #expect(log.broken == [.replacedAddressesGo])
        log.about(anna, .email(.changeCompleted), by: .system)
        #expect(log.broken == [])
    }

    @Test(.clause("P-12.4")) func `a correction that nobody decided is reported`() throws {
        var log = try WrittenLog()
        let command = CommandID(named: "decide", at: log.time)
        let identity: Sealed<Identity> = log.sealed(.identity, of: anna, 30)
        var decided = log
        log.about(anna, .profile(.identityCorrected(identity)), by: .member(astrid), command: command)
        #expect(log.broken == [.correctionsAreDecidedFirst])
        let stream = StreamName(CorrectionID(rawValue: 5))
        let wish = Correction(
            member: anna, field: .name, wish: decided.sealed(.statement, of: anna, 31), requestedAt: decided.time)
        decided.add(CorrectionEvent.requested(wish).encoded(), in: stream, by: .member(anna))
        let decision = CorrectionDecision(
            isApproved: true, reason: decided.sealed(.statement, of: anna, 32), at: decided.time)
        decided.add(CorrectionEvent.decided(decision).encoded(), in: stream, by: .member(astrid), command: command)
        decided.about(anna, .profile(.identityCorrected(identity)), by: .member(astrid), command: command)
        #expect(decided.broken == [])
    }

    @Test(.clause("P-14.1")) func `a replaced password that is kept is reported`() throws {
        var log = try WrittenLog()
        log.about(anna, .password(.set(log.sealed(.credential, of: anna, 11), .changed)))
        #expect(log.broken == [.replacedPasswordsAreErased])
        log.erase(.subjects([Subject(.credential, anna)]))
        #expect(log.broken == [])
    }

    @Test(.clause("P-14.1"))
    func `a second factor or recovery codes that are kept after they were replaced are reported`()
        throws
    {
        let (secret, codes) = (MemberID(rawValue: 21), MemberID(rawValue: 22))
        for ending in [TwoFactorEvent.disabled, .reset] {
            var log = try WrittenLog()
            log.about(anna, .twoFactor(.enabled(log.sealed(.credential, of: anna, 21), step: 1)))
            log.about(anna, .twoFactor(.codesMade(log.sealed(.credential, of: anna, 22))))
            #expect(log.broken == [])
            log.about(anna, .twoFactor(.codesMade(log.sealed(.credential, of: anna, 23))))
            #expect(log.broken == [.replacedPasswordsAreErased])
            log.erase(.subjects([Subject(.credential, codes)]))
            #expect(log.broken == [])
            log.about(anna, .twoFactor(ending))
            #expect(log.broken == [.replacedPasswordsAreErased])
            log.erase(.subjects([Subject(.credential, secret), Subject(.credential, MemberID(rawValue: 23))]))
            #expect(log.broken == [])
        }
    }

    @Test(.clause("P-16.5")) func `details of a sign-in that are kept for too long are reported`() throws {
        var log = try WrittenLog()
        log.signIn(anna, 10)
        log.wait("P6M")
        #expect(log.broken == [])
        log.wait("P1D")
        #expect(log.broken == [.signInDetailsGo])
        log.erase(.subjects([Subject(.signIn, MemberID(rawValue: 10))]))
        #expect(log.broken == [])
    }
}
