import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-06.1")) struct `Signing up` {
    @Test(.clause("P-01.1")) func `records who, and each acceptance as a separate fact`() throws {
        let (_, events) = try Sample.signedUp()
        #expect(
            events.map(\.wireName) == [
                "signed-up", "email-given", "municipality-declared", "password-set", "policy-accepted",
                "terms-accepted",
                "newsletter-answered",
            ])
        let policy = try Sample.policy()
        #expect(
            events.contains(
                .consent(.policyAccepted(Acceptance(version: policy.version, text: policy.hash, form: Sample.wording))))
        )
        #expect(events.contains(.consent(.newsletterAnswered(NewsletterAnswer(isYes: false, form: Sample.wording)))))
    }

    @Test(.clause("P-07.2")) func `records a consent to register lookups only when its box was ticked`() throws {
        let (_, without) = try Sample.signedUp()
        #expect(!without.contains { $0.wireName == "consent-given" })
        let (_, with) = try Sample.signedUp(Sample.form { $0.allowsRegisterLookup = true })
        #expect(with.contains(.consent(.given(.registerLookup, form: Sample.wording))))
        #expect(Member.given(without).account?.municipality?.value.value?.code == "0380", "declared by oneself")
    }

    @Test func `puts each thing that may be erased alone under a separate key`() throws {
        let (member, events) = try Sample.signedUp()
        let sealed = events.compactMap { $0.encoded().sealed }
        #expect(sealed.map(\.subject.kind) == [.identity, .email, .municipality, .credential])
        #expect(Set(sealed.map(\.subject)).count == 4)
        #expect(Set(sealed.map(\.owner)) == [Owner(member)])
    }

    @Test(.clause("P-07.1")) func `with a protected identity sets the sealed flag at once, and stores no municipality`()
        throws
    {
        let form = Sample.form {
            $0.hasProtectedIdentity = true
            $0.allowsRegisterLookup = true
        }
        let (_, events) = try Sample.signedUp(form)
        #expect(
            events.map(\.wireName) == [
                "signed-up", "email-given", "handling-set", "password-set", "policy-accepted", "terms-accepted",
                "newsletter-answered",
            ])
        let account = try #require(Member.given(events).account)
        #expect(account.identityProtection?.value.value == .protected && account.municipality == nil)
    }

    @Test func `without a municipality records none`() throws {
        let (_, events) = try Sample.signedUp(Sample.form { $0.municipality = "" })
        #expect(!events.contains { ["municipality-declared", "handling-set"].contains($0.wireName) })
    }

    @Test func `leads to somebody unconfirmed`() throws {
        guard case .unconfirmed(let account) = Member.given(try Sample.signedUp().1) else { throw Unexpected() }
        #expect(account.signedUpAt == Sample.now)
        #expect(account.email?.value.value?.text == "moa@example.se")
        #expect(Member.given(try Sample.signedUp().1).active == nil)
    }

    @Test func `a second time with the same form changes nothing`() throws {
        let (_, events) = try Sample.signedUp()
        #expect(
            try Sample.signUp().decide(given: .given(events), policy: Sample.policy(), terms: Sample.terms()).isEmpty)
    }

    @Test(.clause("P-01.1")) func `is refused when the texts accepted are no longer in force`() throws {
        let signUp = try Sample.signUp()
        #expect(throws: AccountRefusal.otherPolicyInForce) {
            try signUp.decide(given: .nobody, policy: Sample.policy("2026-03-10"), terms: Sample.terms())
        }
        let terms = try TermsDocument(text: "### T-01.1 Nytt\n", rules: "version: \"2026-03-10\"\nchange: minor\n")
        #expect(throws: AccountRefusal.otherTermsInForce) {
            try signUp.decide(given: .nobody, policy: Sample.policy(), terms: terms)
        }
    }

    @Test func `is refused under the minimum age, whatever the form let through`() throws {
        let signUp = try Sample.signUp()
        let policy = try Sample.policy("2019-08-18", replacing: ["\"minimumAge\":18": "\"minimumAge\":99"])
        #expect(throws: AccountRefusal.tooYoung(minimumAge: 99)) {
            try signUp.decide(given: .nobody, policy: policy, terms: Sample.terms())
        }
    }
}

@Suite(.clause("P-06.1")) struct `Confirming the address` {
    func confirm(after period: String = "PT1H", linkAfter: String = "PT0S", username: String? = nil) throws
        -> ConfirmEmail
    {
        let (member, _) = try Sample.signedUp()
        return ConfirmEmail(
            member, linkMadeAt: Sample.now.adding(try #require(Period(linkAfter))),
            username: try username.map { try Username($0) },
            at: Sample.now.adding(try #require(Period(period))))
    }

    func decide(_ command: ConfirmEmail, given events: [MemberEvent]? = nil) throws -> [MemberEvent] {
        try command.decide(
            given: .given(try events ?? Sample.signedUp().1), number: .held, policies: Sample.policies())
    }

    @Test func `makes a member`() throws {
        let (_, events) = try Sample.signedUp()
        let confirmed = try decide(confirm())
        #expect(confirmed == [.registration(.confirmed(.held))])
        let hour = Sample.now.advanced(seconds: 3600)
        #expect(Member.given(events.at(Sample.now) + confirmed.at(hour)).active?.confirmedAt == hour)
    }

    @Test func `can choose another username, sealed with the rest of the identity`() throws {
        let (member, events) = try Sample.signedUp()
        let decided = try decide(confirm(username: "moa-i-uppsala"))
        #expect(decided.map(\.wireName) == ["username-changed", "confirmed"])
        let account = try #require(Member.given(events + decided).active)
        #expect(account.identity.value.value?.username.text == "moa-i-uppsala")
        #expect(decided.first?.encoded().sealed?.subject == account.identity.subject)
        #expect(
            try confirm(username: "moa-i-uppsala").claims(given: .given(events)).map(\.kind) == [
                .email, .username, .personalIdentityNumber,
            ])
        #expect(member == (try Sample.signUp().member))
    }

    @Test func `works for 48 hours after the link was made`() throws {
        #expect(throws: Never.self) { try decide(confirm(after: "PT47H59M59S")) }
        #expect(throws: AccountRefusal.linkExpired) { try decide(confirm(after: "PT48H")) }
        #expect(throws: Never.self) { try decide(confirm(after: "P4D", linkAfter: "P3D")) }
    }

    @Test func `works for 7 days after signing up, however new the link is`() throws {
        #expect(throws: Never.self) { try decide(confirm(after: "P6DT23H", linkAfter: "P6D")) }
        #expect(throws: AccountRefusal.linkExpired) { try decide(confirm(after: "P7D", linkAfter: "P6D")) }
    }

    @Test func `is refused for nobody, and for a sign-up that has lapsed`() throws {
        #expect(throws: AccountRefusal.linkExpired) { try decide(confirm(), given: []) }
        #expect(throws: AccountRefusal.linkExpired) {
            try decide(confirm(), given: Sample.signedUp().1 + [.registration(.signUpLapsed)])
        }
    }

    @Test(.clause("P-16.6")) func `without its number is said by one word in the clear`() throws {
        let events = try confirm().decide(
            given: .given(Sample.signedUp().1), number: .anothers, policies: Sample.policies())
        #expect(events == [.registration(.confirmed(.anothers))])
        #expect(
            String(decoding: try #require(events.first).encoded().clear.bytes, as: UTF8.self)
                == #"{"number":"anothers"}"#)
        #expect(Member.given(try Sample.signedUp().1 + events).active?.duplicateSince == Sample.now)
    }
}

@Suite(.clause("P-06.1")) struct `A sign-up that nobody confirms` {
    func lapse(after period: String, given more: [MemberEvent] = [], at moment: Instant = Sample.now) throws
        -> [MemberEvent]
    {
        let time = Sample.now.adding(try #require(Period(period)))
        return LapseSignUp(time: time).decide(
            given: .given(try Sample.signedUp().1.at(Sample.now) + more.at(moment)), policies: try Sample.policies())
    }

    @Test func `lapses after 7 days`() throws {
        #expect(try lapse(after: "P6DT23H59M").isEmpty)
        #expect(try lapse(after: "P7D") == [.registration(.signUpLapsed)])
        #expect(try lapse(after: "P8D", given: [.registration(.signUpLapsed)]).isEmpty)
    }

    @Test func `does not lapse once it is a member`() throws {
        #expect(try lapse(after: "P99D", given: [.registration(.confirmed(.held))]).isEmpty)
    }

    @Test func `and awaits a review lapses after 30 days of waiting`() throws {
        let waiting = MemberEvent.registration(.reviewRequested(.numberTaken))
        let since = Sample.now.adding(try #require(Period("P2D")))
        #expect(try lapse(after: "P31D", given: [waiting], at: since).isEmpty)
        #expect(try lapse(after: "P32D", given: [waiting], at: since) == [.registration(.signUpLapsed)])
    }
}

struct Unexpected: Error {}

extension MemberEvent {
    var wireName: String { String(encoded().type.name.dropFirst(MemberEventName.prefix.count)) }
}
