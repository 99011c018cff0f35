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
            var visits = VisitsSeen(position: log.last)
            visits.oldest = log.time
            log.wait("P1Y")
            return log.audit(visits)
        case .namesHaveOneHolder:
            return log.audit(ClaimsSeen(position: log.last, holders: [.username: [Owner(newcomer)]]))
        case .shownOnlyWithConsent:
            return log.audit(
                ViewsSeen(position: log.last, members: [anna: .init(name: true, ageAndSex: false)]))
        case .formerMembersAreHidden:
            log.close(anna)
            return log.audit(
                ViewsSeen(position: log.last, members: [anna: .init(name: false, ageAndSex: false)]))
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
            log.about(anna, .consent(.mailChoiceSet(.reply, .no)))
            let sent = MailEvent.handedOver(try log.mail("new-reply", to: anna))
            log.add(sent.encoded(), in: sent.stream, by: .system)
        case .questionsAreAnswered:
            try log.open(.support)
            log.wait("P2D")
        case .majorChangesAreMailed:
            let next = try Texts.policy("2026-06-01")
            log.add(PolicyEvent.policyPublished(next), in: PolicyDocument.stream, by: .operator)
            log.wait("P8D")
        case .readingIsNoEvent:
            let read = ConversationEvent.read(ConversationID(rawValue: 70), by: anna, through: 1)
            log.add(read.encoded(), in: read.stream, by: .member(anna))
        case .eventsHaveAPurpose:
            log.add(NewEvent(EventType("weather.observed", 1)), in: StreamName("weather"), by: .system)
        case .nobodyJudgesOwnMatter: log.close(astrid, .breach, reasons: statement, by: .member(astrid))
        case .removalsAreCases:
            log.write(anna)
            log.add(
                PostEvent.removed(WrittenLog.post, .spam), in: StreamName(WrittenLog.post), by: .member(astrid))
        case .caseMailsAreNeverSwitchedOff:
            let mail = MailEvent.suppressed(try log.mail("case-decided", to: anna), .switchedOff)
            log.add(mail.encoded(), in: mail.stream, by: .system)
        case .newslettersFollowAYes:
            let mail = MailEvent.handedOver(try log.mail("newsletter", to: anna))
            log.add(mail.encoded(), in: mail.stream, by: .system)
        case .numbersAreShownWithCare:
            let view = NumberView(role: .auditor, reason: .identification, place: .account, note: nil)
            let viewed = StreamName(Identifier<ViewedMemberKind>(rawValue: anna.rawValue))
            log.add(OversightEvent.numberShown(view).encoded(), in: viewed, by: .member(astrid))
        case .keysAreReplaced: log.wait("P98D")
        case .numbersAreSealed:
            let number = try #require(AgencyNumbers.adults.first)
            log.add(
                NewEvent(
                    EventType("weather.observed", 1), clear: ClearPart(stored: Array("{\"a\":\"\(number)\"}".utf8))),
                in: StreamName("weather"), by: .system)
        case .mailsReachMembersOnly:
            log.close(anna)
            let mail = MailEvent.handedOver(try log.mail("new-message", to: anna))
            log.add(mail.encoded(), in: mail.stream, by: .system)
        case .visitorsAreTruncated, .visitsAreNotStitched, .readingBelongsToMembers, .searchKnowsWhatIsShown,
            .municipalityStaysHidden, .viewsForgetTheErased, .erasedKeysAreGone, .filesForgetTheErased,
            .sessionsAreOfMembers, .viewsHoldNoNumber, .storesAreListed, .backupsGo:
            return try withFile(name, log)
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

    /// For each check of a file, a file that breaks it.
    private static func withFile(_ name: InvariantName, _ log: WrittenLog) throws -> Conformance {
        var log = log
        var visits = VisitsSeen(position: log.last)
        var texts = TextsSeen(position: log.last)
        switch name {
        case .visitorsAreTruncated:
            visits.networks = ["192.0.2.7"]
            return log.audit(visits)
        case .visitsAreNotStitched:
            visits.memberVisits = [.init(member: anna, first: log.time, last: log.time)]
            return log.audit(visits)
        case .searchKnowsWhatIsShown:
            let shown = ViewsSeen.Shown(name: false, ageAndSex: false, isFoundByName: true)
            return log.audit(ViewsSeen(position: log.last, members: [anna: shown]))
        case .municipalityStaysHidden:
            let shown = ViewsSeen.Shown(
                name: false, ageAndSex: false, municipality: .of(Subject(.municipality, anna)))
            return log.audit(ViewsSeen(position: log.last, members: [anna: shown]))
        case .viewsForgetTheErased:
            texts.posts = [
                WrittenLog.post: .init(
                    author: anna, subject: Subject(.post, WrittenLog.post), isVisible: true, hasBody: true)
            ]
            log.write(anna)
            log.erase(.subjects([Subject(.post, WrittenLog.post)]))
            return log.audit(texts.moved(to: log.last))
        case .viewsHoldNoNumber:
            texts.numbers = ["cases.detail"]
            return log.audit(texts)
        case .erasedKeysAreGone:
            let subject = Subject(.email, anna)
            log.erase(.subjects([subject]))
            return log.audit(VaultSeen(position: log.last, keys: [(7, subject, Owner(anna))]))
        case .filesForgetTheErased, .sessionsAreOfMembers, .readingBelongsToMembers:
            log.close(anna)
            log.purge(anna, .requested)
            log.wait("PT3H")
            var runtime = RuntimeSeen(position: log.last, readAt: log.time)
            if name == .sessionsAreOfMembers { runtime.sessions = [anna] } else { runtime.others = ["tokens": [anna]] }
            var reading = ReadingSeen(position: log.last, readAt: log.time)
            if name == .readingBelongsToMembers { reading.members = ["markers": [anna]] }
            return name == .readingBelongsToMembers ? log.audit(reading) : log.audit(runtime)
        case .backupsGo:
            let begun = ["2026-01": log.time]
            log.wait("P33D")
            return log.audit(BackupsSeen(position: log.last, readAt: log.time, begun: begun))
        case .storesAreListed:
            return log.audit(DirectorySeen(position: log.last, names: ["log.sqlite", "log.sqlite.bak"]))
        default: preconditionFailure("\(name) is checked over the log")
        }
    }
}

extension TextsSeen {
    fileprivate func moved(to position: Int) -> TextsSeen {
        var moved = TextsSeen(position: position)
        (moved.posts, moved.titles, moved.quotes, moved.numbers) = (posts, titles, quotes, numbers)
        return moved
    }
}

extension WrittenLog {
    /// A mail that was asked for by the first event and checked at the last.
    func mail(_ name: String, to member: MemberID) throws -> SentMail {
        SentMail(
            MailKey(asked: 1, name: try #require(MailName(rawValue: name)), member: member), address: nil,
            checked: last,
            attempts: 1)
    }
}
