import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-06.1")) struct `The form for new members` {
    func problems(_ form: SignUpForm) -> [SignUpForm.Problem] {
        do {
            _ = try form.parsed(by: Sample.policy().rules, today: Sample.today, wording: Sample.wording)
            return []
        } catch { return (error as? SignUpForm.Problems)?.all ?? [] }
    }

    @Test func `becomes an application`() throws {
        let application = try Sample.form().parsed(
            by: Sample.policy().rules, today: Sample.today, wording: Sample.wording)
        #expect(application.email.text == "moa@example.se")
        #expect(application.identity.number.twelveDigits == "198809172391")
        #expect(application.municipality?.code == "0380")
        #expect(!application.allowsRegisterLookup && !application.wantsNewsletter)
    }

    @Test func `says everything that is wrong at once`() {
        #expect(
            problems(SignUpForm()) == [
                .email(.empty), .name(.empty), .username(.tooShort), .personalIdentityNumber(.notANumber),
                .password(.tooShort(minimum: 12)), .policyNotAccepted, .termsNotAccepted, .newsletterNotAnswered,
            ])
    }

    @Test(.clause("P-01.1")) func `has a box for the policy and one for the terms, and needs both`() {
        #expect(problems(Sample.form { $0.acceptedPolicy = nil }) == [.policyNotAccepted])
        #expect(problems(Sample.form { $0.acceptedTerms = nil }) == [.termsNotAccepted])
    }

    @Test(.clause("P-07.2")) func `does not need the box for the population register`() throws {
        #expect(problems(Sample.form { $0.allowsRegisterLookup = true }).isEmpty)
        #expect(problems(Sample.form { $0.allowsRegisterLookup = false }).isEmpty)
    }

    @Test(.clause("P-15.2")) func `takes no silence for an answer about the newsletter`() {
        #expect(problems(Sample.form { $0.wantsNewsletter = nil }) == [.newsletterNotAnswered])
    }

    @Test func `is for those who have reached the age in the policy`() throws {
        func problems(_ day: String, rules: PolicyRules) throws -> [SignUpForm.Problem] {
            do {
                let form = Sample.form(number: "20100530-2391")
                _ = try form.parsed(by: rules, today: #require(CalendarDate(day)), wording: Sample.wording)
                return []
            } catch let problems as SignUpForm.Problems { return problems.all }
        }
        let rules = try Sample.policy().rules
        #expect(try problems("2028-05-29", rules: rules) == [.tooYoung(minimumAge: 18)])
        #expect(try problems("2028-05-30", rules: rules) == [])
        let stricter = try Sample.policy("2026-01-01", replacing: ["\"minimumAge\":18": "\"minimumAge\":20"]).rules
        #expect(try problems("2028-05-30", rules: stricter) == [.tooYoung(minimumAge: 20)])
        let earlier = try Sample.policy("2026-01-01", replacing: ["\"minimumAge\":18": "\"minimumAge\":13"]).rules
        #expect(try problems("2028-05-29", rules: earlier) == [.tooYoung(minimumAge: 18)])
    }

    @Test func `does not need a municipality, but takes no unknown one`() throws {
        let application = try Sample.form { $0.municipality = "" }.parsed(
            by: Sample.policy().rules, today: Sample.today, wording: Sample.wording)
        #expect(application.municipality == nil && application.identityProtection == .ordinary)
        #expect(problems(Sample.form { $0.municipality = "9999" }) == [.municipality])
    }

    @Test(.clause("P-07.1"), arguments: ["", "0380", "9999"])
    func `with a protected identity holds neither a municipality nor a consent to look-ups`(typed: String) throws {
        let form = Sample.form {
            $0.hasProtectedIdentity = true
            $0.municipality = typed
            $0.allowsRegisterLookup = true
        }
        let application = try form.parsed(by: Sample.policy().rules, today: Sample.today, wording: Sample.wording)
        #expect(application.municipality == nil && !application.allowsRegisterLookup)
        #expect(application.identityProtection == .protected)
    }

    @Test(.clause("P-12.1")) func `does not take a password with the username in it`() {
        #expect(problems(Sample.form(username: "motvind") { _ in }) == [.password(.containsOwnName)])
    }
}
