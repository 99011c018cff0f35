import Events
import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-00.1")) struct `The first policy and terms` {
    @Test func `have clauses, rules and the hash of their text`() throws {
        let policy = try PolicyDocument.first()
        #expect(policy.version == CalendarDate("2019-08-18"))
        #expect(policy.change == .major)
        #expect(policy.hash == TextHash(of: policy.text.markdown))
        let clause = try #require(policy.text.clauses.first { $0.id == "P-11.1" })
        #expect(clause.title == "Din kommun")
        #expect(clause.body.contains("Uppgift saknas") && !clause.body.hasSuffix("\n"))
        #expect(try TermsDocument.first().version == CalendarDate("2019-08-18"))
        #expect(try TermsDocument.first().text.clauses.first?.id == "T-01.1")
    }

    @Test func `keep their placeholders, which are filled in when they are shown`() throws {
        #expect(try PolicyDocument.first().text.markdown.contains("{{controller.name}}"))
    }

    @Test func `have every clause that the system promises`() throws {
        let ids = try PolicyDocument.first().text.clauses.map(\.id)
        for id in ["P-00.1", "P-01.1", "P-06.1", "P-07.2", "P-11.1", "P-12.1", "P-14.1", "P-16.6"] {
            #expect(ids.contains(id))
        }
    }

    @Test func `say nothing twice in one clause`() throws {
        for clause in try PolicyDocument.first().text.clauses + TermsDocument.first().text.clauses {
            let sentences = clause.body.split(separator: /\.\s+/).filter { $0.count > 20 }
            #expect(Set(sentences).count == sentences.count, "\(clause.id)")
        }
    }

    @Test func `promise what the text says`() throws {
        let rules = try PolicyDocument.first().rules
        #expect(rules.registration.minimumAge == 18)
        #expect(rules.registration.passwordMinimumLength == 12)
        #expect(rules.retention.unconfirmedSignUp == Period("P7D"))
        #expect(rules.retention.confirmationLink == Period("PT48H"))
        #expect(rules.retention.closedAccount == Period("P1Y"))
        #expect(rules.fields.optional == [[.name], [.age, .sex]])
        #expect(rules.mail.privateMessageNotice == .on && rules.mail.newsletter == .ask)
        #expect(rules.unusedAccount == nil)
        #expect(rules.visitLog.anonymousBitsOfIPv6 == 48)
        #expect(rules.disclosure.secretHoldVisibleTo == [.administrator, .auditor])
        #expect(rules.purposes.contains { $0.id == "registerLookup" && $0.basis == "consent" })
    }

    @Test func `are the ones in Fixtures`() throws {
        let fixtures = project.appending(path: "Fixtures")
        let policy = try PolicyDocument(folder: fixtures.appending(path: "policies/2019-08-18"))
        #expect(policy == (try PolicyDocument.first()))
        let terms = try TermsDocument(folder: fixtures.appending(path: "terms/2019-08-18"))
        #expect(terms == (try TermsDocument.first()))
    }
}

@Suite struct `Rules of a policy` {
    let yaml = "\(Embedded.firstPolicyRulesYaml)"

    func problem(_ old: String, _ new: String) -> DocumentProblem? {
        #expect(yaml.contains(old))
        do {
            _ = try PolicyRules(yaml.replacingOccurrences(of: old, with: new), file: "rules.yaml")
            return nil
        } catch { return error }
    }

    func line(of words: String) -> Int? {
        yaml.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(words) }.map { $0 + 1 }
    }

    @Test func `are the same after a journey through canonical JSON`() throws {
        let rules = try PolicyRules(yaml)
        let again = try PolicyRules(rules.json)
        #expect(again.json == rules.json)
        #expect(again.registration.minimumAge == rules.registration.minimumAge)
        #expect(
            rules.json.hasPrefix(
                #"{"advertising":{"label":"Annons","thirdParties":["google"]},"answers":{"automaticReceiptCounts":false"#
            ))
        #expect(rules.json.contains(#""privateMessageNotice":"on""#) && rules.json.contains(#""version":"2019-08-18""#))
    }

    @Test func `with a mistake are refused, with file and line`() throws {
        #expect(
            problem("minimumAge: 18", "minimumAge: thirteen")?.description
                == "rules.yaml:\(try #require(line(of: "minimumAge:"))): registration.minimumAge must be a whole number"
        )
        #expect(problem("unconfirmedSignUp: P7D", "unconfirmedSignUp: 7 days")?.line == line(of: "unconfirmedSignUp:"))
        #expect(problem("minimumAge: 18", "minimumAgeTypo: 13")?.reason == "registration.minimumAge is missing")
        #expect(problem("minimumAge: 18", "minimumAge: 18\n  extra: 1")?.reason == "registration.extra is not known")
        #expect(problem("change: major", "change: enormous")?.reason == "change must be one of minor, major")
        #expect(problem("\"on\"", "on")?.reason == "on must be quoted")
        #expect(problem("[name, personalIdentityNumber, sex]", "[name, shoeSize]")?.line == line(of: "byCase:"))
        #expect(problem("[time, visit, member,", "[time, visit, shoeSize,")?.line == line(of: "fields: [time"))
        #expect(problem("minimumAge: 18", "minimumAge: 18\n  minimumAge: 19") != nil)
        #expect(problem("minimumAge: 18", "minimumAge: [13")?.file == "rules.yaml")
    }

    @Test func `of a version in the log are read though a later program dropped keys and words`() throws {
        let old =
            yaml
            .replacing("minimumAge: 18", with: "minimumAge: 18\n  retired: 1")
            .replacing("[name, personalIdentityNumber, sex]", with: "[name, personalIdentityNumber, shoeSize, sex]")
            + "\nretiredSection:\n  key: 1\n"
        let rules = try PolicyRules(old, from: .log)
        #expect(rules.registration.minimumAge == 18)
        #expect(rules.fields.byCase == (try PolicyRules(yaml).fields.byCase))
        #expect(rules.json.contains("retiredSection"))
        #expect(throws: DocumentProblem.self) { try PolicyRules(old) }
    }

    @Test func `of a version in the log have a stated default for a key that came later, and a draft must state it`()
        throws
    {
        let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
        let later = ["sessionLifetime:", "staffName:", "keyRotation:"]
        let old = lines.filter { line in !later.contains { line.contains($0) } }
            .joined(separator: "\n")
        let rules = try PolicyRules(old, from: .log)
        #expect(rules.retention.sessionLifetime == Period(days: 90) && rules.retention.staffName == Period(years: 1))
        #expect(rules.retention.keyRotation == Period(days: 90))
        do {
            _ = try PolicyRules(old)
            Issue.record("read")
        } catch {
            #expect(error.reason == "retention.sessionLifetime is missing")
        }
    }

    @Test(.clause("P-06.1")) func `of a version in the log may state another age, and one for showing data`() throws {
        let old = yaml.replacing("minimumAge: 18", with: "minimumAge: 13\n  adultAge: 18")
        let rules = try PolicyRules(old, from: .log).registration
        #expect(rules.minimumAge == 13 && rules.adultAge == 18 && rules.joiningAge == 18)
    }

    @Test func `of a version in the log are as they were published, whatever the bounds are now`() throws {
        let old = yaml.replacing("minimumAge: 18", with: "minimumAge: -1")
        #expect(try PolicyRules(old, from: .log).registration.minimumAge == -1)
        #expect(throws: DocumentProblem.self) { try PolicyRules(old) }
        let document = try PolicyDocument(text: PolicyDocument.first().text.markdown, rules: old, from: .log)
        let event = PolicyEvent.policyPublished(document)
        let recorded = RecordedEvent(
            position: 1, stream: PolicyDocument.stream, version: 1, type: event.encoded().type, time: .testStart,
            actor: .operator, causation: nil, command: Sample.command(), clear: event.encoded().clear, subject: nil,
            owner: nil, content: .none)
        #expect(try PolicyEvent.decode(recorded) == event)
    }

    @Test func `may close unused accounts, which the first policy does not`() throws {
        let rule = "unusedAccount:\n  closedAfter: P3Y\n  warnBefore: [P60D, P14D]\n"
        #expect(try PolicyRules(yaml + rule).unusedAccount?.closedAfter == Period("P3Y"))
        #expect(
            problem("\ndeactivation:", "\nunusedAccount:\n  closedAfter: P3Y\ndeactivation:")?.reason.contains(
                "warnBefore") == true)
    }

    @Test func `of a version in the log may name fields that the program no longer has`() throws {
        let old = yaml.replacing("[time, visit,", with: "[time, place, advertisement, visit,")
            .replacing(
                "[email, username, password, municipality]", with: "[email, username, password, address, municipality]")
        let rules = try PolicyRules(old, from: .log)
        #expect(rules.visitLog.fields == VisitField.allCases)
        #expect(rules.fields.selfService == [.email, .username, .password, .municipality])
        #expect(problem("[time, visit,", "[time, place, visit,") != nil)
    }
}

@Suite struct `A text in clauses` {
    func problem(_ text: String) -> String? {
        do {
            _ = try ClausedText(text, series: "P", file: "policy.md")
            return nil
        } catch { return error.description }
    }

    @Test func `names the line of a heading that is no clause`() {
        #expect(
            problem("# Policy\n\n### Rubrik\n") == "policy.md:3: a clause's heading must read ### P-01.1 and a title")
        #expect(problem("### T-01.1 Rubrik\n")?.hasPrefix("policy.md:1:") == true)
        #expect(problem("### P-01.1 Ett\n\n### P-01.1 Två\n") == "policy.md:3: the clause P-01.1 is there already")
        #expect(problem("# Policy\n") == "policy.md:1: has no clauses")
    }

    @Test func `ends a clause at the next heading of any level`() throws {
        let text = try ClausedText(
            "### P-01.1 Ett\n\nEn rad.\n\n## Kapitel\n\nUtanför.\n", series: "P", file: "policy.md")
        #expect(text.clauses == [.init(id: "P-01.1", title: "Ett", body: "En rad.")])
    }
}

@Suite(.clause("P-05.1")) struct `The fields of the visit log` {
    @Test func `are those that the policy promises, no more and no fewer`() throws {
        #expect(try PolicyDocument.first().rules.visitLog.fields == VisitField.allCases)
    }

    @Test(.clause("P-08.1")) func `have purpose, legal basis and retention, like every other field`() {
        let fields: [any ProcessedField] = PersonalField.allCases + VisitField.allCases
        #expect(fields.count == PersonalField.allCases.count + VisitField.allCases.count)
        #expect(VisitField.allCases.allSatisfy { $0.retention == .visitLog && $0.purpose == .visitLog })
    }
}
