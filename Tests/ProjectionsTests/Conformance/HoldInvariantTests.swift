import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite(.clause("P-10.1")) struct `What the log must bear out about legal holds` {
    private let anna = WrittenLog.anna
    private let astrid = WrittenLog.astrid

    @Test func `a legal hold delays an erasure, and an erasure under it is reported`() throws {
        var log = try WrittenLog()
        let holds = StreamName(Identifier<LegalHoldKind>(rawValue: anna.rawValue))
        log.close(anna)
        let hold = HoldOrder(isSecret: true, lastDay: nil, reference: log.sealed(.statement, of: anna, 50))
        log.add(OversightEvent.holdPlaced(hold).encoded(), in: holds, by: .member(astrid))
        log.wait("P335D")
        log.about(anna, .closing(.purgeAnnounced), by: .system)
        log.wait("P1Y")
        #expect(log.broken == [])
        var lifted = log
        log.purge(anna)
        #expect(log.broken == [.legalHoldPreventsErasure])
        lifted.add(OversightEvent.holdLifted.encoded(), in: holds, by: .member(astrid))
        lifted.purge(anna)
        #expect(lifted.broken == [])
    }

    @Test(arguments: [SubjectKind.post, .signIn, .email, .credential])
    func `an erasure of a part under a legal hold is reported, but for credentials`(kind: SubjectKind) throws {
        var log = try WrittenLog()
        let holds = StreamName(Identifier<LegalHoldKind>(rawValue: anna.rawValue))
        log.write(anna)
        log.signIn(anna, 60)
        log.signIn(astrid, 61)
        let subject: Subject =
            switch kind {
            case .post: Subject(.post, WrittenLog.post)
            case .signIn: Subject(.signIn, MemberID(rawValue: 60))
            default: Subject(kind, anna)
            }
        var before = log
        before.erase(.subjects([subject]))
        let hold = HoldOrder(isSecret: true, lastDay: nil, reference: log.sealed(.statement, of: anna, 50))
        for held in [OversightEvent.holdPlaced(hold), .holdLifted] {
            log.add(held.encoded(), in: holds, by: .member(astrid))
            before.add(held.encoded(), in: holds, by: .member(astrid))
            let isHeld = held != .holdLifted
            let broken: Set<InvariantName> = isHeld && kind != .credential ? [.legalHoldPreventsErasure] : []
            let others = Subject(.signIn, MemberID(rawValue: 61))
            for scope in [Erasure.Scope.subjects([others, subject]), .kinds([kind], of: Owner(anna))] {
                var log = log
                log.erase(scope)
                #expect(log.broken.intersection([.legalHoldPreventsErasure]) == broken, "\(held) \(scope)")
            }
        }
        #expect(before.broken.isDisjoint(with: [.legalHoldPreventsErasure]), "the erasure came first")
    }

    @Test func `an erasure of a case is reported when either party is under a legal hold`() throws {
        for party in [anna, astrid] {
            var log = try WrittenLog()
            let id = CaseID(rawValue: 90)
            log.add(
                CaseEvent.opened(
                    CaseOpening(
                        id: id, topic: .dispute(with: astrid, .other), channel: .page, opener: anna,
                        statement: log.sealed(.statement, of: anna, 91), trouble: nil, at: log.time)),
                in: StreamName(id), by: .member(anna))
            let hold = HoldOrder(isSecret: true, lastDay: nil, reference: log.sealed(.statement, of: party, 50))
            log.add(
                OversightEvent.holdPlaced(hold), in: StreamName(Identifier<LegalHoldKind>(rawValue: party.rawValue)),
                by: .operator)
            log.erase(.owner(Owner(id)))
            #expect(log.violation(of: .legalHoldPreventsErasure)?.member == party)
        }
    }

    @Test func `a hold that the operator approves is right with one administrator, and reported with two`() throws {
        var log = try WrittenLog()
        let (id, holds) = log.proposeHold(on: anna, by: astrid)
        var other = log
        log.add(OversightEvent.holdConfirmed(id).encoded(), in: holds, by: .operator)
        #expect(log.broken == [])
        let nils = MemberID(rawValue: 77)
        other.add(StaffEvent.roleGranted(.administrator, nils), in: Staff.stream, by: .operator)
        var second = other
        other.add(OversightEvent.holdConfirmed(id).encoded(), in: holds, by: .operator)
        #expect(other.broken == [.holdsTakeTwo])
        second.add(OversightEvent.holdConfirmed(id).encoded(), in: holds, by: .member(nils))
        #expect(second.broken == [])
        second.wait("P31D")
        #expect(second.broken == [.holdsEnd])
        second.add(OversightEvent.holdLifted.encoded(), in: holds, by: .system)
        #expect(second.broken == [])
    }
}
