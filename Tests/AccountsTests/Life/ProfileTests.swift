import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.4")) struct `Changing the address` {
    let new = try! EmailAddress("moa.hallin@example.se")

    private func change(_ site: AccountsSite, _ moa: MemberID) async throws {
        try await site.accounts.requestEmailChange(of: moa, to: new, command: site.command("ask \(site.clock.now)"))
        try await site.accounts.confirmEmailChange(
            of: moa, linkMadeAt: site.clock.now, command: site.command("confirm \(site.clock.now)"))
    }

    @Test func `takes effect when the new one is confirmed`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.accounts.requestEmailChange(of: moa, to: new, command: site.command("ask"))
            #expect(try site.accounts.member(moa).active?.email?.value.value?.text == "moa@example.se")
            try await site.accounts.confirmEmailChange(
                of: moa, linkMadeAt: site.clock.now, command: site.command("confirm"))
            #expect(try site.accounts.member(moa).active?.email?.value.value == new)
            guard case .signedIn = try await site.signIn(new.text) else { throw Unexpected() }
        }
    }

    @Test(.clause("P-12.2")) func `can be undone for seven days, which signs an intruder out`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await change(site, moa)
            site.clock.advance(by: Period("P6DT23H59M")!)
            try await site.accounts.undoEmailChange(of: moa, command: site.command("undo"))
            let account = try #require(try site.accounts.member(moa).active)
            #expect(account.email?.value.value?.text == "moa@example.se")
            #expect(account.password == nil && account.resetRequestedAt != nil)
            #expect(try await site.signIn("moa@example.se") == .refused)
            // The address of the undone change is free for another member.
            let other = try await site.signUp(Sample.form(email: new.text, username: "annan", number: "800222-2399"))
            #expect(try await site.confirm(other) == .confirmed)
        }
    }

    @Test(.clause("P-12.2")) func `keeps the old address from others for seven days, then erases and frees it`()
        async throws
    {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await change(site, moa)
            let other = try await site.signUp(Sample.form(username: "annan", number: "800222-2399"))
            #expect(try await site.confirm(other) == .emailTaken)
            #expect(try await site.refusal { try await change(site, moa) } != nil)
            #expect(try await !site.accounts.completeEmailChange(of: moa))
            site.clock.advance(by: Period("P7D")!)
            #expect(
                try await site.refusal {
                    try await site.accounts.undoEmailChange(of: moa, command: site.command("late"))
                } == .linkExpired)
            #expect(try await site.accounts.completeEmailChange(of: moa))
            let addresses = try site.log.events(in: StreamName(moa)).filter { $0.subject?.kind == .email }.map(
                \.content)
            #expect(addresses.first == .erased && addresses.last != .erased)
            let later = try await site.signUp(Sample.form(username: "annan", number: "800222-2399"), command: "later")
            #expect(try await site.confirm(later) == .confirmed)
        }
    }

    @Test(.clause("P-16.5"), arguments: ["moa.tredje@example.se", "moa@example.se"])
    func `a second time releases the address from before the first, whether or not the hourly job has`(
        third: String
    ) async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await change(site, moa)
            site.clock.advance(by: Period("P8D")!)
            let third = try EmailAddress(third)
            try await site.accounts.requestEmailChange(of: moa, to: third, command: site.command("third"))
            try await site.accounts.confirmEmailChange(
                of: moa, linkMadeAt: site.clock.now, command: site.command("confirm third"))
            let account = try #require(try site.accounts.member(moa).active)
            #expect(account.email?.value.value == third && account.previousEmail?.email.value.value == new)
            let addresses = try site.log.events(in: StreamName(moa)).filter { $0.subject?.kind == .email }.map(
                \.content)
            #expect(addresses.first == .erased && addresses.dropFirst().allSatisfy { $0 != .erased })
            let other = try await site.signUp(Sample.form(username: "annan", number: "800222-2399"), command: "other")
            let isFree = third.text != "moa@example.se"
            #expect(try await site.confirm(other) == (isFree ? .confirmed : .emailTaken))
        }
    }

    @Test func `to somebody else's is refused only to the reader of the mail there`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            _ = try await site.member(Sample.astrid)
            let taken = try EmailAddress("astrid@example.se")
            try await site.accounts.requestEmailChange(of: moa, to: taken, command: site.command("ask"))
            #expect(
                try await site.refusal {
                    try await site.accounts.confirmEmailChange(
                        of: moa, linkMadeAt: site.clock.now, command: site.command("confirm"))
                } == .emailTaken)
        }
    }

    @Test(.clause("P-12.2")) func `can be undone on a closed account too, so that the restore link leads to its owner`()
        async throws
    {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await change(site, moa)
            try await site.close(moa)
            let thiefs = try #require(try site.accounts.restoreLink(of: moa))
            try await site.accounts.undoEmailChange(of: moa, command: site.command("undo"))
            let account = try #require(try site.accounts.member(moa).account)
            #expect(account.email?.value.value?.text == "moa@example.se")
            #expect(try site.accounts.restoreLink(of: moa) != thiefs, "the link at the other address is no way back")
            try await site.restore(moa)
            #expect(try await site.signIn("moa") == .refused, "whoever closed it knew the password")
            #expect(
                try await site.accounts.requestPasswordReset(
                    email: EmailAddress("moa@example.se"), command: site.command("reset")) == moa)
        }
    }
}

@Suite(.clause("P-12.2")) struct `A compromised account` {
    @Test func `opens only by a link to the registered address`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.accounts.reportCompromise(of: moa, by: .member(moa), command: site.command("report"))
            #expect(try await site.signIn("moa") == .refused)
            let rules = try site.accounts.passwordRules(for: moa)
            try await site.accounts.resetPassword(
                of: moa, to: try Password("en helt annan båt", by: rules), command: site.command("reset"))
            guard case .signedIn = try await site.signIn("moa", "en helt annan båt") else { throw Unexpected() }
        }
    }
}

@Suite(.clause("P-12.4")) struct `A correction` {
    private func request(_ site: AccountsSite, _ moa: MemberID, _ value: CorrectedValue) async throws -> CorrectionID {
        try await site.accounts.requestCorrection(
            of: moa, to: CorrectionWish(value, grounds: "Jag har gift mig.")!,
            command: site.command("\(moa) wishes \(value.field)"))
    }

    @Test func `changes the member when it was compared and approved, and erases what stood there`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            let id = try await request(site, moa, .name(PersonName("Moa Lindqvist")))
            let reason = DecisionReason("Stämmer med folkbokföringen.")!
            let early = try await site.refusal {
                try await site.accounts.decide(
                    id, approve: true, reason, by: .member(astrid), command: site.command("early"))
            }
            #expect(early == .alreadyDecided)
            try await site.accounts.compare(id, .registerAgrees, by: .member(astrid), command: site.command("compare"))
            try await site.accounts.decide(
                id, approve: true, reason, by: .member(astrid), command: site.command("decide"))
            #expect(try site.accounts.member(moa).active?.identity.value.value?.name.text == "Moa Lindqvist")
            #expect(try site.log.events(in: StreamName(moa)).first?.content == .erased)
        }
    }

    @Test func `that differs from its proof cannot be approved, only rejected`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            let id = try await request(site, moa, .sex(.male))
            try await site.accounts.compare(id, .differs, by: .member(astrid), command: site.command("compare"))
            let reason = DecisionReason("Folkbokföringen säger något annat.")!
            #expect(
                try await site.refusal {
                    try await site.accounts.decide(
                        id, approve: true, reason, by: .member(astrid), command: site.command("approve"))
                } == .notAllowed)
            try await site.accounts.decide(
                id, approve: false, reason, by: .member(astrid), command: site.command("reject"))
            #expect(try site.accounts.member(moa).active?.identity.value.value?.correctedSex == nil)
        }
    }

    @Test(.clause("P-16.3")) func `is not decided any more when everything about the member is erased`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            let id = try await request(site, moa, .sex(.male))
            try await site.accounts.compare(id, .differs, by: .member(astrid), command: site.command("compare"))
            try await site.close(moa)
            #expect(try await site.accounts.purge(moa, ordered: .requested, by: .member(astrid)))
            for command in ["once", "again"] {
                let refusal = try await site.refusal {
                    try await site.accounts.decide(
                        id, approve: false, DecisionReason("För sent.")!, by: .member(astrid),
                        command: site.command(command))
                }
                #expect(refusal == .noSuchMember)
            }
        }
    }

    @Test func `of a number moves the claim, and another member's number is refused`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            _ = try await site.member(Sample.nils)
            let reason = DecisionReason("Nytt nummer.")!
            for (digits, expected) in [("198002222399", AccountRefusal.numberTaken), ("199002022383", nil)] {
                let id = try await request(
                    site, moa, .personalIdentityNumber(try #require(PersonalIdentityNumber(twelveDigits: digits))))
                try await site.accounts.compare(
                    id, .documentAgrees, by: .member(astrid), command: site.command("compare \(digits)"))
                let refusal = try await site.refusal {
                    try await site.accounts.decide(
                        id, approve: true, reason, by: .member(astrid), command: site.command("decide \(digits)"))
                }
                #expect(refusal == expected)
                site.clock.advance(seconds: 1)
            }
            let other = try await site.signUp(Sample.form(email: "annan@example.se", username: "annan"))
            #expect(try await site.confirm(other) == .confirmed)
        }
    }

    @Test(.clause("P-06.1"), arguments: [("201005122393", false), ("198002222399", true)])
    func `of a number that makes somebody too young withdraws what she shows to others`(
        digits: String, isShown: Bool
    ) async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            for purpose in ConsentPurpose.allCases {
                try await site.accounts.answer(
                    AnswerConsent(purpose, isYes: true, wording: Sample.wording), of: moa,
                    command: site.command("\(purpose)"))
            }
            let number = try #require(PersonalIdentityNumber(twelveDigits: digits))
            let id = try await request(site, moa, .personalIdentityNumber(number))
            try await site.accounts.compare(id, .documentAgrees, by: .member(astrid), command: site.command("compare"))
            try await site.accounts.decide(
                id, approve: true, DecisionReason("Passet.")!, by: .member(astrid), command: site.command("decide"))
            let consents = try #require(try site.accounts.member(moa).active?.consents)
            // Consent to the register look-up stays: it shows nothing to other members.
            #expect(consents == (isShown ? Set(ConsentPurpose.allCases) : [.registerLookup]))
        }
    }

    @Test func `is decided by administrators, and nobody decides about oneself`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            let own = try await request(site, astrid, .sex(.male))
            let others = try await request(site, moa, .sex(.male))
            #expect(
                try await site.refusal {
                    try await site.accounts.compare(own, .differs, by: .member(astrid), command: site.command("own"))
                } == .ownMatter)
            #expect(
                try await site.refusal {
                    try await site.accounts.compare(others, .differs, by: .member(moa), command: site.command("member"))
                } == .notAllowed)
        }
    }
}

@Suite(.clause("P-16.7")) struct `Looking at somebody's data` {
    @Test func `is noted with role and reason, and is not for everybody`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            let nils = try await site.member(Sample.nils)
            try await site.accounts.grantRole(.moderator, to: nils, by: .operator, command: site.command("nils"))
            try await site.accounts.view(
                moa, for: .support, note: ViewingNote("Ringde."), by: astrid, command: site.command("view"))
            #expect(
                try await site.refusal {
                    try await site.accounts.view(
                        moa, for: .support, note: nil, by: nils, command: site.command("nils looks"))
                } == .notAllowed)
            let views = try site.accounts.dataViews(of: moa)
            #expect(views.map(\.viewer) == [.member(astrid)])
            #expect(views.first?.view.role == .administrator && views.first?.view.reason == .support)
            #expect(views.first?.view.note?.value.value?.text == "Ringde.")
        }
    }

    @Test func `of a closed account is for administrators only`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let nils = try await site.member(Sample.nils)
            try await site.accounts.grantRole(.auditor, to: nils, by: .operator, command: site.command("nils"))
            try await site.accounts.view(moa, for: .audit, note: nil, by: nils, command: site.command("open"))
            try await site.close(moa)
            #expect(
                try await site.refusal {
                    try await site.accounts.view(moa, for: .audit, note: nil, by: nils, command: site.command("closed"))
                } == .notAllowed)
        }
    }
}

@Suite(.clause("P-12.4")) struct `A name to write under` {
    @Test func `can be changed, and the old one is free`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            _ = try await site.member(Sample.astrid)
            #expect(
                try await site.refusal {
                    try await site.accounts.changeUsername(
                        of: moa, to: Username("Astrid"), command: site.command("taken"))
                } == .usernameTaken)
            try await site.accounts.changeUsername(of: moa, to: Username("hallin"), command: site.command("change"))
            #expect(try site.accounts.find(Username("hallin")) == moa)
            #expect(try site.accounts.find(Username("moa")) == nil)
            try await site.accounts.changeUsername(of: moa, to: Username("Hallin"), command: site.command("spelling"))
            #expect(try site.accounts.member(moa).active?.identity.value.value?.username.text == "Hallin")
        }
    }
}
