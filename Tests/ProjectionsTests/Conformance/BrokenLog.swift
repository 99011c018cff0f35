import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Forum
@testable import Messaging
@testable import Projections

/// For each invariant, a log (or an observation outside it) that breaks that invariant alone: proof that each check can fail.
enum BrokenLog {
    private static let (anna, astrid) = (WrittenLog.anna, WrittenLog.astrid)
    private static let newcomer = MemberID(rawValue: 9)

    static func audit(_ name: InvariantName) throws -> Conformance {
        var log = try WrittenLog()
        let day = Texts.day("2031-01-01")
        let form = TextHash(of: "form")
        let statement: Sealed<StatementOfReasons> = log.sealed(.statement, of: anna, 40)
        switch name {
        case .visitsGo:
            let oldest = log.time
            log.wait("P1Y")
            return log.audit(visits: VisitsSeen(oldest: oldest))
        case .namesHaveOneHolder:
            return log.audit(claims: ClaimsSeen(position: log.last, holders: [.username: [Owner(newcomer)]]))
        case .shownOnlyWithConsent:
            return log.audit(
                views: ViewsSeen(position: log.last, members: [anna: .init(name: true, ageAndSex: false)]))
        case .formerMembersAreHidden:
            log.close(anna)
            return log.audit(
                views: ViewsSeen(position: log.last, members: [anna: .init(name: false, ageAndSex: false)]))
        case .versionsBeginOnTheirDay: log.add(PolicyEvent.policyInForce(day), in: PolicyDocument.stream, by: .system)
        case .acceptedVersionsWereInForce:
            log.about(anna, .consent(.policyAccepted(Acceptance(version: day, text: TextHash(of: "text"), form: form))))
        case .membersAcceptedBothTexts: try log.join(newcomer, accepting: false)
        case .consentsAreOnesOwn: log.about(anna, .consent(.given(.visibleName, form: form)), by: .member(astrid))
        case .nobodyWritesBeforeAccepting:
            let next = try Texts.policy("2026-06-01")
            log.add(PolicyEvent.policyPublished(next), in: PolicyDocument.stream, by: .operator)
            log.wait("P1Y")
            log.add(PolicyEvent.policyInForce(next.version), in: PolicyDocument.stream, by: .system)
            log.write(anna)
        case .signUpsLapse:
            try log.join(newcomer, confirming: false)
            log.wait("P8D")
        case .compromisedNeedNewPassword:
            log.about(anna, .password(.compromiseReported))
            log.erase(.subjects([Subject(.credential, anna)]))
            log.signIn(anna, 10)
        case .replacedAddressesGo:
            log.about(anna, .email(.changeRequested(log.sealed(.email, of: anna, 20))))
            log.about(anna, .email(.changed))
            log.wait("P8D")
        case .correctionsAreDecidedFirst:
            log.about(anna, .profile(.identityCorrected(log.sealed(.identity, of: anna, 30))), by: .member(astrid))
        case .replacedKeysAreDestroyed:
            log.add(KeysRotated(epoch: 2).encoded(), in: StreamName("keys"), by: .operator)
            log.wait("P31D")
        case .replacedPasswordsAreErased:
            log.about(anna, .password(.set(log.sealed(.credential, of: anna, 11), .changed)))
        case .signInDetailsGo:
            log.signIn(anna, 10)
            log.wait("P7M")
        case .onlyMembersSignIn:
            log.close(anna)
            log.signIn(anna, 10)
        case .onlyMembersWrite:
            log.close(anna)
            log.write(anna)
        case .closedAccountsAreErased:
            log.close(anna)
            log.wait("P335D")
            log.about(anna, .closing(.purgeAnnounced), by: .system)
            log.wait("P35D")
        case .erasuresAreAnnounced:
            log.close(anna)
            log.wait("P350D")
        case .erasuresAreCompleted:
            log.close(anna)
            log.purge(anna, .requested, fencing: false)
        case .nothingAfterErasure:
            log.close(anna)
            log.purge(anna, .requested)
            log.about(anna, .consent(.mailChoiceSet(.reply, .no)))
        case .decisionsHaveReasons: log.close(anna, .breach, by: .member(astrid))
        case .nobodyReturnsFromBreachAlone:
            log.close(anna, .breach, reasons: statement, by: .member(astrid))
            log.about(anna, .closing(.restored), by: .visitor)
        case .unusedAccountsAreWarned: log.close(anna, .unused, by: .system)
        case .unreturnedAccountsAreClosed:
            let until = log.time.adding(Period(days: 10))
            log.about(
                anna, .closing(.deactivated(DeactivationDecision(until: until, reasons: statement))),
                by: .member(astrid))
            log.wait("P7M")
        case .restoredInTime:
            log.close(anna)
            log.wait("P340D")
            log.about(anna, .closing(.purgeAnnounced), by: .system)
            log.wait("P30D")
            log.about(anna, .closing(.restored), by: .member(astrid))
        case .duplicatesEnd:
            try log.join(newcomer, confirming: false)
            log.about(newcomer, .registration(.confirmed(.anothers)), by: .visitor)
            log.wait("P8D")
        case .numbersMoveByProof:
            let moved = NumberMove(.held, in: CaseID(rawValue: 60))
            log.about(anna, .profile(.numberSet(moved)), by: .member(astrid))
        case .deletedTextsGo:
            log.write(anna)
            log.add(PostEvent.deleted(WrittenLog.post), in: StreamName(WrittenLog.post), by: .member(anna))
            log.wait("P8D")
        case .legalHoldPreventsErasure:
            log.close(anna)
            let hold = HoldOrder(isSecret: true, lastDay: nil, reference: log.sealed(.statement, of: anna, 50))
            let holds = StreamName(Identifier<LegalHoldKind>(rawValue: anna.rawValue))
            log.add(OversightEvent.holdPlaced(hold).encoded(), in: holds, by: .member(astrid))
            log.purge(anna, .requested)
        case .holdsTakeTwo:
            let (id, holds) = log.proposeHold(on: anna, by: astrid)
            log.add(OversightEvent.holdConfirmed(id).encoded(), in: holds, by: .member(astrid))
        case .holdsEnd:
            let (id, holds) = log.proposeHold(on: anna, by: astrid)
            log.add(OversightEvent.holdConfirmed(id).encoded(), in: holds, by: .operator)
            log.wait("P31D")
        case .viewingsAreJustified:
            let view = DataView(role: .administrator, reason: .support, note: nil)
            let viewed = StreamName(Identifier<ViewedMemberKind>(rawValue: anna.rawValue))
            log.add(OversightEvent.viewed(view).encoded(), in: viewed, by: .visitor)
        case .staffReadOnlyReported:
            let reason = try #require(OpeningReason.allCases.first)
            let opened = ConversationEvent.opened(
                ConversationID(rawValue: 70), MessageID(rawValue: 71), reason)
            log.add(opened.encoded(), in: opened.stream, by: .member(astrid))
        case .mailsFollowChoices:
            let mail = SentMail(
                MailKey(asked: 1, name: .newsletter, member: anna), address: nil, checked: log.last, attempts: 1)
            let sent = MailEvent.handedOver(mail)
            log.add(sent.encoded(), in: sent.stream, by: .system)
        case .questionsAreAnswered:
            try log.open(.support)
            log.wait("P2D")
        case .chosenTextsGo:
            log.write(anna)
            log.add(PostEvent.removed(WrittenLog.post, .spam), in: StreamName(WrittenLog.post), by: .member(astrid))
            log.close(anna)
            log.purge(anna, .requested, fencing: false)
            log.erase(.kinds([.identity], of: Owner(anna)))
            log.wait("P2D")
        case .closedCasesGo:
            try log.open(.support)
            try log.decide()
            log.wait("P13M")
        case .unusedAccountsAreClosed:
            try log.closeUnused()
            log.wait("P3Y")
            for warning in ["P1D", "P15D"] {
                log.about(anna, .closing(.unusedWarned), by: .system)
                log.wait(warning)
            }
        case .correctionsAreDecidedInTime:
            _ = log.requestCorrection()
            log.wait("P32D")
        case .rectificationsAreDecidedInTime:
            try log.open(.rights(.rectification))
            log.wait("P32D")
        case .rightsAreDecidedInTime:
            try log.open(.rights(.access))
            log.add(.closed)
        case .requestsAreIdentified:
            try log.open(.rights(.access), by: nil)
            try log.decide(.upheld)
        case .waitingCasesEnd:
            try log.open(.support)
            try log.reply(awaits: true)
            log.wait("P13M")
        }
        return log.audit()
    }
}
