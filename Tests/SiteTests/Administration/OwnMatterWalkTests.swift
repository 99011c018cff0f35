import Accounts
import Events
import Forum
import HTTPTypes
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `Every route of the staff` {
    private let words = "Det här gäller dig själv"

    /// The paths and forms with which a route is asked about Astrid's matters; nil for a route that is missing here.
    private func request(_ route: Address, _ site: OwnMatterSite) throws -> (
        paths: [String], forms: [[String: String]]
    )? {
        let statement = ["regel": "T-04", "handelse": "Därför"]
        func about(_ id: some CustomStringConvertible, _ forms: [String: String]...) -> ([String], [[String: String]]) {
            ([route.link("\(id)").url], forms)
        }
        return switch route {
        case .moderateThread:
            about(
                site.thread, ["action": "close"], ["action": "reopen"], ["action": "pin"],
                ["action": "retitle", "title": "En annan rubrik"])
        case .eraseTitle: about(site.thread, ["radera-for": "unlawful"])
        case .removePost: about(site.post, ["reason": "spam"])
        case .reinstatePost: about(site.post, [:])
        case .erasePostForGood: about(site.post, ["radera-for": "unlawful"])
        case .staffReportedMessage:
            about(site.message, ["skal": "report"], ["atgard": "radera", "radera-for": "unlawful"])
        case .staffCase:
            (
                (site.reports + [site.dispute]).map { route.link("\($0)").url },
                StaffCasePage.Action.allCases.map {
                    [
                        "atgard": $0.rawValue, "meddelande": "Hej", "anteckning": "Hej", "beslut": "rejected",
                        "regel": "4.2", "skal": "Därför", "mejl": "1", "radera-for": "unlawful",
                    ]
                }
            )
        case .staffCaseNumbers: ([route.link("\(site.dispute)").url], [["skal": "identification"]])
        case .staffMessageNumbers: about(site.message, ["skal": "moderation", "las-skal": "report"])
        case .staffCorrectionNumber:
            about(site.correction, ["skal": "correction", "password": AccountSite.password])
        case .staffNumber:
            about(site.astrid, ["skal": "identification", "password": AccountSite.password])
        case .staffCaseMail: ([route.link("\(site.dispute)", "1").url], [["skal": "identification"]])
        case .staffMember: about(site.astrid, ["roll": "auditor", "andring": "ge", "bekraftat": "ja"])
        case .staffMemberData, .memberTrail: about(site.astrid, ["skal": "support"])
        case .staffClose: about(site.astrid, statement)
        case .staffDeactivate: about(site.astrid, statement.merging(["till": "2027-01-01"]) { $1 })
        case .staffEndSessions: about(site.astrid, ["skal": "requested", "password": AccountSite.password])
        case .staffRestore: about(site.astrid, ["varfor": "Jag vill"])
        case .staffAppeal:
            about(
                site.astrid, ["atgard": "las"], ["atgard": "bifall", "varfor": "Jag vill"],
                statement.merging(["atgard": "avsla"]) { $1 })
        case .staffTwoFactor: about(site.astrid, ["gor": "foresla", "skal": "Jag vill"], ["gor": "godkann"])
        case .staffHold: about(site.astrid, ["hav": "ja"], ["referens": "Polisen 2"])
        case .staffSearch:
            (
                [route.link().url],
                ["astrid", "astrid@example.se", Applicant.astrid.fields["personnummer"] ?? ""].map {
                    ["sok": $0, "skal": "support"]
                }
            )
        case .staffReview:
            about(site.applicant, ["action": "open"], ["action": "approve"], ["action": "reject", "skal": "withdrawn"])
        case .staffCorrection:
            about(
                site.correction, ["atgard": "oppna", "anteckning": "x"],
                ["atgard": "jamfor", "jamforelse": "document-agrees"], ["atgard": "godkann", "skal": "x"],
                ["atgard": "avsla", "skal": "x"])
        case .auditEvent, .eventProof: (try site.hiddenPositions().map { route.link("\($0)").url }, [])
        default: nil
        }
    }

    /// Routes with one id in the address, which belongs to no member.
    private let nobodys: Set<Address> = [.staffCategory, .staffIssue]

    @Test func `is refused to whom the request concerns, whichever way it is asked`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let (astrid, nils) = (
                try await site.cases.browser(as: "astrid"), try await site.cases.browser(as: "snickar-nisse")
            )
            let matters = try site.routes.matters
            #expect(matters.count > 60)
            let head = site.application.log.head
            for (route, method, _, matter) in matters {
                switch matter {
                case .nobodys:
                    #expect(!route.pattern.contains("{") || nobodys.contains(route), "whose matter is \(route)?")
                case .harmless: #expect(method == .get, "\(route)")
                case .of:
                    let asked = try #require(try request(route, site), "\(route) is not asked about")
                    for path in asked.paths {
                        if method == .get {
                            try await refuse(astrid.get(path), route, path)
                            #expect(try await astrid.request(.head, path).status >= 403, "\(path)")
                            #expect(try await nils.get(path).status == 200, "\(path) concerns Nils as well")
                            continue
                        }
                        for form in asked.forms {
                            _ = try await astrid.get("/installningar")
                            try await refuse(astrid.post(path, form), route, "\(path) \(form)")
                        }
                    }
                }
            }
            // Nothing was done, and no viewing was recorded.
            #expect(site.application.log.head == head)
        }
    }

    private func refuse(_ answer: Browser.Answer, _ route: Address, _ what: String) throws {
        // 404, since the existence of an event would reveal that she is reported, viewed or held.
        if [.auditEvent, .eventProof].contains(route) { return #expect(answer.status == 404, "\(what)") }
        #expect(answer.status == 403 && answer.contains(words), "\(what): \(answer.status)")
        #expect(!answer.text.contains(/\bmoa\b|Hon hotar|Polisen|Otrevligt/), "\(what)")
        #expect(answer.contains("members invite"), "\(what)")
    }
}
