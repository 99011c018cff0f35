import Accounts
import Events
import Forum
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.7"), .clause("P-11.1"), .clause("P-11.2"), .clause("P-07.1"), .clause("P-16.2"))
struct `What may be seen of a member` {
    @Test func `is in the one table as the policy has it, cell by cell`() {
        for person in PersonState.allCases {
            for field in ProfileField.allCases {
                for viewer in Viewer.allCases {
                    for place in VisibilityPlace.allCases {
                        let sight = VisibilityMatrix.sight(of: field, of: person, to: viewer, in: place)
                        #expect(
                            sight == VisibilityTable.sight(of: field, of: person, to: viewer, in: place),
                            "\(field) of \(person) to \(viewer) in \(place)")
                    }
                }
            }
        }
    }

    @Test func `agrees with the rules of the policy`() throws {
        let rules = try PolicyDocument.first().rules.fields
        for field in ProfileField.allCases where field != .username {
            let toMembers = { (state: PersonState) in VisibilityMatrix.isShown(field, of: state) }
            #expect(toMembers(.hidden) == rules.alwaysVisibleToMembers.contains(field), "\(field)")
            #expect(
                (toMembers(.active) && !toMembers(.hidden)) == rules.optional.joined().contains(field), "\(field)")
        }
    }

    @Test func `is in the bytes of every page, feed and mail, and nothing else is`() async throws {
        try await VisibilitySite.visited { site, client async throws in
            let (people, gathering) = try await site.people()
            for (viewer, seat) in try await site.seats(client) {
                let look = try await Look(
                    of: seat.browser, named: seat.username, as: viewer, at: people, gathering, site)
                for person in people {
                    for place in VisibilityPlace.allCases { look.check(person, in: place) }
                }
            }
        }
    }
}

/// The text that one viewer can read, by place.
private struct Look {
    let viewer: Viewer
    let today: CalendarDate
    /// Text about all members at once.
    private var shared: [VisibilityPlace: String] = [:]
    /// Text about one member.
    private var own: [MemberID: [VisibilityPlace: String]] = [:]
    private var heads = ""

    init(
        of browser: Browser, named username: String, as viewer: Viewer, at people: [VisibilitySite.Person],
        _ gathering: ThreadID, _ site: VisibilitySite
    ) async throws {
        self.viewer = viewer
        today = site.time.now.stockholmDate
        var paths = ["/", "/forum", "/forum/allmant", "/information"]
        switch viewer {
        case .visitor, .unconfirmed, .member: break
        case .moderator: paths += moderation(of: people)
        case .administrator: paths += moderation(of: people) + audit(site)
        case .auditor: paths += audit(site)
        }
        for path in paths { shared[.forum, default: ""] += try await get(path, browser) }
        let quoted = try await get("/trad/\(gathering)/samling", browser)
        #expect(quoted.ranges(of: "Tidigare medlem").count == 8, "four are mentioned and quoted, to \(viewer)")
        shared[.forum, default: ""] += quoted
        shared[.directory] = try await get("/medlemmar", browser)
        for path in ["/feed.atom", "/forum/allmant/feed.atom"] {
            shared[.feed, default: ""] += try await get(path, browser)
        }
        shared[.sitemap] = try await get("/sitemap.xml", browser)
        for path in ["/checkpoint", "/metrics", "/healthz", "/readyz", "/robots.txt", "/tile/0/000.p/1"] {
            shared[.api, default: ""] += try await get(path, browser)
        }
        for person in people { own[person.id] = try await looking(at: person, browser) }
        _ = try await browser.get("/glomt-losenord")
        _ = try await browser.post("/glomt-losenord", ["email": "\(username)@example.org"])
        await site.worker.work()
        shared[.mail] = try site.mail.mails().filter { $0.to.contains("\(username)@") }
            .map { $0.head + $0.subject + $0.body }.joined()
        shared[.metaTags] = heads
    }

    /// Searches with a part of the value that a page would show in full, because the page repeats the search text.
    private mutating func looking(at person: VisibilitySite.Person, _ browser: Browser) async throws
        -> [VisibilityPlace: String]
    {
        var found: [VisibilityPlace: String] = [:]
        found[.forum] = try await get("/trad/\(person.thread)/\(slug(person.title))", browser)
        found[.profile] = try await get("/medlem/\(person.id)", browser)
        for part in [person.username, person.name, person.municipality.name].map({ String($0.dropFirst().dropLast()) })
        {
            found[.search, default: ""] += try await get("/sok?q=\(percentEncoded(part))", browser)
            found[.directory, default: ""] += try await get("/medlemmar?namn=\(percentEncoded(part))", browser)
        }
        found[.directory, default: ""] += try await get("/medlemmar?kommun=\(person.municipality.code)", browser)
        let entries = shared[.feed, default: ""].components(separatedBy: "<entry>")
        found[.feed] = entries.filter { $0.contains(">\(person.title)<") }.joined()
        return found
    }

    private func moderation(of people: [VisibilitySite.Person]) -> [String] {
        people.map { "/trad/\($0.thread)/moderera" }
    }

    private func audit(_ site: VisibilitySite) -> [String] {
        ["/revision", "/revision/granskningslogg"] + (1...site.application.log.head).map { "/revision/handelse/\($0)" }
    }

    /// The page without the list of all municipalities, which does not depend on the members.
    private mutating func get(_ path: String, _ browser: Browser) async throws -> String {
        let answer = try await browser.get(path)
        #expect(answer.status < 500, "\(path)")
        let text = answer.text.replacing(/<select.*?<\/select>/.dotMatchesNewlines(), with: "")
        if let head = text.firstRange(of: "</head>") { heads += text[..<head.lowerBound] }
        return text + (answer.location ?? "")
    }

    private func slug(_ title: String) -> String {
        title.lowercased().replacing(" ", with: "-").replacing("å", with: "a")
    }

    func check(_ person: VisibilitySite.Person, in place: VisibilityPlace) {
        let about = own[person.id]?[place] ?? ""
        let all = about + shared[place, default: ""]
        for field in ProfileField.allCases {
            let state = person.state(of: field)
            let sight = VisibilityTable.sight(of: field, of: person.state(of: field), to: viewer, in: place)
            let values = values(of: field, person)
            guard !values.isEmpty else { continue }
            let text = field == .sex ? about : all
            #expect(
                values.contains { text.contains($0) } == (sight == .shown),
                "\(field) of \(person.username), \(state), to \(viewer) in \(place)")
            switch field {
            case .municipality:
                #expect(
                    about.contains("Uppgift saknas") == (sight == .unknown),
                    "unknown \(field) of \(state) to \(viewer) in \(place)")
            case .username where state != .applicant:
                #expect(
                    about.contains("Tidigare medlem") == (sight == .formerMember),
                    "former member, \(person.username), \(state) to \(viewer) in \(place)")
            case .username, .name, .email, .password, .personalIdentityNumber, .age, .sex: break
            }
        }
    }

    /// The forms in which the value would appear on a page.
    private func values(of field: ProfileField, _ person: VisibilitySite.Person) -> [String] {
        let (digits, born) = (person.number.twelveDigits, person.number.birthDate)
        switch field {
        case .username: return [person.username]
        case .name: return [person.name]
        case .email: return [person.email]
        case .password: return [VisibilitySite.password(of: person.username)]
        case .municipality: return [person.municipality.name]
        case .age: return ["\(born.wholeYears(until: today)) år"]
        case .sex: return [">Kvinna<"]
        case .personalIdentityNumber:
            return [digits, String(digits.dropFirst(2)), "\(digits.prefix(8))-\(digits.suffix(4))", "\(born)"]
        }
    }
}
