import Accounts
import Events
import Testkit

extension GeneratedHistory {
    /// A random change in a member's life that affects what others may see of her.
    func live() async throws {
        guard let member = dice.pick(members), let judge = members.first.map(Actor.member) else { return }
        switch dice.number(below: 16) {
        case 0...3: try await answer(member)
        case 4: try await accounts.changeUsername(of: member, to: Username("omdöpt-\(steps)"), command: command())
        case 5:
            guard let municipality = dice.pick(Municipality.all) else { return }
            try await accounts.declareMunicipality(of: member, municipality, command: command())
        case 6...7:
            let protection = dice.pick(IdentityProtection.allCases) ?? .protected
            try await accounts.setIdentityProtection(of: member, to: protection, by: judge, command: command())
        case 8: try await correct(member, by: judge)
        case 9...10:
            try await accounts.close(
                member, password: EnteredPassword(GeneratedHistory.password), texts: .anonymise, marked: [],
                command: command())
        case 11...12: try await accounts.restore(member, by: judge, command: command())
        case 13:
            guard let reasons = StatementOfReasons(rule: "Regel", facts: "Händelse") else { return }
            try await accounts.deactivate(
                member, until: time.now.advanced(seconds: 5000), reasons, by: judge, command: command())
        case 14: try await signIn(member)
        default: try await purge(member)
        }
    }

    private func answer(_ member: MemberID) async throws {
        guard let purpose = dice.pick(ConsentPurpose.allCases) else { return }
        let answer = AnswerConsent(purpose, isYes: dice.number(below: 3) > 0, wording: TextHash(of: "test"))
        try await accounts.answer(answer, of: member, command: command())
    }

    private func correct(_ member: MemberID, by judge: Actor) async throws {
        guard let wish = CorrectionWish(.name(try PersonName("Rättad \(Self.letters(steps))")), grounds: "Felstavat"),
            let reason = DecisionReason("Det stämmer")
        else { return }
        let request = try await accounts.requestCorrection(of: member, to: wish, command: command())
        try await accounts.compare(request, .registerAgrees, by: judge, command: command())
        try await accounts.decide(request, approve: true, reason, by: judge, command: command())
    }

    /// Signs in after a suspension has ended.
    private func signIn(_ member: MemberID) async throws {
        guard let username = try accounts.member(member).account?.identity.value.value?.username else { return }
        _ = try await accounts.signIn(
            identifier: username.text, password: EnteredPassword(GeneratedHistory.password),
            from: SignInOrigin(address: "192.0.2.7", device: "Firefox"), command: command())
    }

    /// Advances the clock until a closed account is due, and purges it.
    private func purge(_ member: MemberID) async throws {
        guard case .closed = try accounts.member(member), dice.number(below: 2) == 0, let year = Period("P1Y") else {
            return
        }
        time.advance(by: year)
        _ = try await accounts.purge(member)
    }

    /// A number spelled in letters, since names have no digits.
    private static func letters(_ number: Int) -> String {
        String(String.UnicodeScalarView(String(number).unicodeScalars.compactMap { Unicode.Scalar($0.value + 49) }))
    }
}
