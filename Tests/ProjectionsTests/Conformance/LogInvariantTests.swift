import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite struct `Promises that the log alone can show` {
    private let anna = WrittenLog.anna
    private let astrid = WrittenLog.astrid

    @Test(.clause("P-01.3")) func `a major change is mailed to every member, or the log says why not`() throws {
        var log = try WrittenLog()
        log.add(PolicyEvent.policyPublished(try Texts.policy("2026-06-01")), in: PolicyDocument.stream, by: .operator)
        let published = log.last
        let key = { (member: MemberID) throws in
            MailKey(asked: published, name: try #require(MailName(rawValue: "policy-changed")), member: member)
        }
        func isBroken(_ log: WrittenLog) -> Bool { log.violation(of: .majorChangesAreMailed) != nil }
        let sent = MailEvent.handedOver(SentMail(try key(anna), address: nil, checked: log.last, attempts: 1))
        let bounced = MailEvent.suppressed(
            SentMail(try key(astrid), address: nil, checked: log.last, attempts: 0), .bounced)
        log.wait("P7D")
        #expect(!isBroken(log), "a mail is tried again for a week")
        log.wait("P1D")
        #expect(isBroken(log))
        log.add(sent.encoded(), in: sent.stream, by: .system)
        #expect(log.violation(of: .majorChangesAreMailed)?.member == astrid)
        var gone = log
        gone.close(astrid)
        #expect(!isBroken(gone), "one who left needs no mail")
        log.add(bounced.encoded(), in: bounced.stream, by: .system)
        #expect(!isBroken(log))
    }

    @Test(.clause("P-01.3")) func `a minor change, and the first version, need no mail`() throws {
        var log = try WrittenLog()
        let minor = try Texts.policy("2026-06-01", ("\"change\":\"major\"", "\"change\":\"minor\""))
        log.add(PolicyEvent.policyPublished(minor), in: PolicyDocument.stream, by: .operator)
        log.wait("P30D")
        #expect(log.violation(of: .majorChangesAreMailed) == nil)
    }

    @Test(.clause("P-08.2")) func `an appeal is not judged by who decided, nor by the one it is about`() throws {
        var log = try WrittenLog()
        let statement: Sealed<StatementOfReasons> = log.sealed(.statement, of: anna, 40)
        log.close(anna, .breach, reasons: statement, by: .member(astrid))
        func rejected(by actor: Actor) -> Set<InvariantName> {
            var log = log
            log.about(anna, .closing(.appealRejected(statement)), by: actor)
            return log.broken
        }
        #expect(rejected(by: .member(astrid)) == [.nobodyJudgesOwnMatter])
        #expect(rejected(by: .member(anna)) == [.nobodyJudgesOwnMatter])
        #expect(rejected(by: .member(MemberID(rawValue: 9))) == [])
        #expect(rejected(by: .operator) == [])
    }

    @Test(.clause("P-13.1")) func `keys are replaced by the rule, and a week later at most`() throws {
        var log = try WrittenLog()
        log.wait("P97D")
        #expect(log.violation(of: .keysAreReplaced) == nil)
        var late = log
        late.wait("P1D")
        #expect(late.violation(of: .keysAreReplaced)?.position == 1)
        late.add(KeysRotated(epoch: 2).encoded(), in: StreamName("keys"), by: .system)
        #expect(late.violation(of: .keysAreReplaced)?.position == late.last, "it stays a breach that it was late")
        log.add(KeysRotated(epoch: 2).encoded(), in: StreamName("keys"), by: .system)
        log.wait("P97D")
        #expect(log.violation(of: .keysAreReplaced) == nil)
    }

    @Test(.clause("P-14.1"), arguments: ["", "-", "+"]) func `a number in a clear part is found in every notation`(
        sign: String
    ) throws {
        var log = try WrittenLog()
        let number = try #require(AgencyNumbers.adults.first)
        let written = [number, String(number.dropFirst(2))].map { "\($0.dropLast(4))\(sign)\($0.suffix(4))" }
        let wrong = "\(number.dropLast(1))\(number.last == "0" ? "1" : "0")"
        func isBroken(_ text: String) -> Bool {
            var log = log
            let clear = ClearPart(stored: Array("{\"a\":1,\"b\":[\"x\",\"\(text)\"]}".utf8))
            log.add(NewEvent(EventType("weather.observed", 1), clear: clear), in: StreamName("weather"), by: .system)
            return log.violation(of: .numbersAreSealed) != nil
        }
        // A plus means born a hundred years ago or more.
        for text in written where sign != "+" || text.count == 13 { #expect(isBroken(text), "\(text.count)") }
        #expect(!isBroken(wrong) && !isBroken("x\(number)") && !isBroken("199913011234"))
        log.wait("P1D")
    }
}
