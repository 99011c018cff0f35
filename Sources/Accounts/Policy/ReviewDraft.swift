package import Events

/// Everything that keeps a draft from being published, each with its file and line.
package struct DraftProblems: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [DocumentProblem]

    package var description: String { problems.map(\.description).joined(separator: "; ") }
}

/// Checks whether a draft of the policy can be published: first what the log's readers need, then what one version may change from another.
///
/// A version promises only what the program does, and takes back no promise made to a member (P-00.1).
struct PolicyReview {
    let draft: PolicyDocument
    let lines: RuleLines
    let directory: String
    let calendar: PolicyCalendar
    let today: CalendarDate

    private var rules: PolicyRules { draft.rules }
    private var rulesFile: String { directory + "rules.yaml" }

    func problems() throws(DocumentProblem) -> [DocumentProblem] {
        let first = try PolicyDocument.first()
        return DateReview.problems(draft, calendar, today: today, lines: lines, file: rulesFile)
            + clauses(known: first.text.clauses.map(\.id)) + visibility() + measures() + periods() + promises()
            + (try keptByTheProgram(first))
    }

    /// The audit goes through the clauses: the program must know each one, and a version may reword a clause but not leave it out.
    private func clauses(known: [String]) -> [DocumentProblem] {
        let headings = draft.text.headings
        let present = Set(headings.map(\.id))
        let unknown = headings.filter { !known.contains($0.id) }.map { heading in
            DocumentProblem(
                file: directory + "policy.md", line: heading.line,
                cause: .clauseUnknown(heading.id))
        }
        let missing = known.filter { !present.contains($0) }.map { id in
            DocumentProblem(
                file: directory + "policy.md",
                line: headings.first { $0.id > id }?.line ?? draft.text.markdown.split(separator: "\n").count,
                cause: .clauseMissing(id))
        }
        return unknown + missing
    }

    private func visibility() -> [DocumentProblem] {
        var problems: [DocumentProblem] = []
        let fields = rules.fields
        if !fields.alwaysVisibleToMembers.allSatisfy({ $0 == .municipality }) {
            problems.append(at("fields.alwaysVisibleToMembers", .onlyMunicipality))
        }
        let switches: [Set<ProfileField>] = [[.name], [.age, .sex]]
        let chosen = fields.optional.map(Set.init)
        if !chosen.allSatisfy(switches.contains) || Set(chosen).count < chosen.count {
            problems.append(at("fields.optional", .noSuchSwitch))
        }
        for kind in [ConsentKind.registerLookup, .newsletter] where !rules.consents.contains(kind) {
            problems.append(at("consents", .consentIsAsked(kind.rawValue)))
        }
        for (kind, fields) in [(ConsentKind.visibleName, switches[0]), (.visibleAgeAndSex, switches[1])]
        where rules.consents.contains(kind) != chosen.contains(fields) {
            problems.append(at("consents", .consentWithoutSwitch(kind.rawValue)))
        }
        return problems
    }

    private func measures() -> [DocumentProblem] {
        let registration = rules.registration
        let passwords = 8...Password.maximumLength
        let bits = (rules.visitLog.anonymousBitsOfIPv4, rules.visitLog.anonymousBitsOfIPv6)
        let wanted: [(String, Bool, DocumentProblem.Fault)] = [
            (
                "registration.minimumAge", registration.minimumAge >= RegistrationRules.lowestAge,
                .belowMinimum(RegistrationRules.lowestAge)
            ),
            (
                "registration.adultAge", registration.adultAge.map { $0 <= registration.minimumAge } ?? true,
                .notAbove("registration.minimumAge")
            ),
            (
                "registration.passwordMinimumLength", passwords.contains(registration.passwordMinimumLength),
                .outside(passwords)
            ),
            // A count of one identifies a person, and an unmasked address is not anonymous.
            ("statistics.minimumCount", rules.minimumCount >= 2, .belowMinimum(2)),
            ("visitLog.anonymousAddressBits.ipv4", bits.0 <= 24, .outside(0...24)),
            ("visitLog.anonymousAddressBits.ipv6", bits.1 <= 48, .outside(0...48)),
            ("disclosure.administratorsRequired", rules.disclosure.administratorsRequired >= 1, .belowMinimum(1)),
        ]
        return wanted.filter { !$0.1 }.map { at($0.0, $0.2) }
    }

    private func periods() -> [DocumentProblem] {
        var problems = PolicyReview.counted(lines).filter { Period("P0D") == $0.period }.map { at($0.path, .noTime) }
        let within: [(String, [Period], Period, String)] = [
            (
                "closing.purgeAnnouncedBefore", [rules.closing.purgeAnnouncedBefore].compactMap(\.self),
                rules.retention.closedAccount, "retention.closedAccount"
            ),
            (
                "deadlines.questionWarnings", rules.deadlines.questionWarnings, rules.deadlines.question,
                "deadlines.question"
            ),
            (
                "unusedAccount.warnBefore", rules.unusedAccount?.warnBefore ?? [],
                rules.unusedAccount?.closedAfter ?? Period(days: 1), "unusedAccount.closedAfter"
            ),
        ]
        for (path, inner, outer, name) in within where inner.contains(where: { !outer.isLonger(than: $0) }) {
            problems.append(at(path, .notShorter(than: name)))
        }
        // Shorter, the ending would answer at once whose number it is; longer, a stranger would use it in peace.
        let duplicate = rules.retention.duplicateAccount
        let (least, most) = (Period(days: 1), Period(days: 30))
        if least.isLonger(than: duplicate) || duplicate.isLonger(than: most) {
            problems.append(at("retention.duplicateAccount", .notWithin(least, most)))
        }
        if rules.unusedAccount?.warnBefore.isEmpty == true {
            problems.append(at("unusedAccount.warnBefore", .noWarning))
        }
        return problems
    }

    /// A deadline or an end that was promised to a member is not postponed (P-16.3, P-17.1, P-18.2).
    private func promises() -> [DocumentProblem] {
        guard let newest = calendar.versions.last, newest != draft,
            let before = try? RuleLines(newest.rules.json, file: "")
        else { return [] }
        let promised = Dictionary(PolicyReview.counted(before).map { ($0.path, $0.period) }) { $1 }
        return PolicyReview.counted(lines).compactMap { path, period in
            guard PolicyReview.isPromised(path), let earlier = promised[path], period.isLonger(than: earlier) else {
                return nil
            }
            return at(path, .promisedShorter(period, was: earlier, since: newest.version))
        }
    }

    private static func isPromised(_ path: String) -> Bool {
        path.hasPrefix("retention.")
            || ["deadlines.question", "deadlines.rightsRequest", "deadlines.rightsRequestExtension"].contains(path)
    }

    private static func counted(_ lines: RuleLines) -> [(path: String, period: Period)] {
        lines.leaves.compactMap { path in
            lines.json(of: path).flatMap { Period(String($0.dropFirst().dropLast())) }.map { (path, $0) }
        }
    }

    /// Lists that pages and commands hard-code: a different list would be a promise that the program does not fulfil.
    private static let kept = [
        "declined.allowed", "fields.selfService", "fields.byCase", "fields.maskedUntilReauthenticated",
        "registration.required", "populationRegister.fields", "populationRegister.consent", "cookies.necessary",
        "cookies.optional", "mandatoryMail", "closing.posts", "closing.preselectForErasure", "closing.erasedAtOnce",
        "closing.keptToPreventReturn", "closing.restorableBy", "closing.restorableAfterBreachBy", "closing.visibleTo",
        "rights",
    ]

    private func keptByTheProgram(_ first: PolicyDocument) throws(DocumentProblem) -> [DocumentProblem] {
        let known = try RuleLines(first.rules.json, file: "rules.yaml")
        var problems = PolicyReview.kept.filter { lines.json(of: $0) != known.json(of: $0) }.map { path in
            at(path, .keptByTheProgram(known.json(of: path) ?? "left out"))
        }
        let (wanted, given) = (first.rules.purposes.map(\.id), rules.purposes.map(\.id))
        // A consent that is no longer asked for needs no purpose.
        let unasked = Set(ConsentKind.allCases).subtracting(rules.consents).map(\.rawValue)
        if let missing = wanted.first(where: { !given.contains($0) && !unasked.contains($0) }) {
            problems.append(at("purposes", .purposeMissing(missing)))
        }
        if let unknown = given.first(where: { !wanted.contains($0) }) {
            problems.append(at("purposes", .purposeUnknown(unknown)))
        }
        return problems
    }

    private func at(_ path: String, _ fault: DocumentProblem.Fault) -> DocumentProblem {
        DocumentProblem(file: rulesFile, line: lines.line(of: path), cause: .rule(path, fault))
    }
}

/// Checks that a version is later than all others, and not dated before its announcement.
enum DateReview {
    static func problems<Document: PublishedDocument>(
        _ draft: Document, _ calendar: VersionCalendar<Document>, today: CalendarDate, lines: RuleLines, file: String
    ) -> [DocumentProblem] {
        guard let newest = calendar.versions.last, calendar.version(draft.version) != draft else { return [] }
        let cause: DocumentProblem.Cause
        if draft.version <= newest.version {
            cause = .notLater(than: newest.version)
        } else if draft.version < today {
            cause = .inThePast(today: today)
        } else {
            return []
        }
        return [DocumentProblem(file: file, line: lines.line(of: "version"), cause: cause)]
    }
}

extension ClausedText {
    /// The ids of the clauses with their line numbers.
    fileprivate var headings: [(id: String, line: Int)] {
        var left = clauses[...]
        return markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            index, line in
            guard let clause = left.first, line.hasPrefix("### \(clause.id) ") else { return nil }
            left = left.dropFirst()
            return (clause.id, index + 1)
        }
    }
}

extension Period {
    /// Whether it ends later when counted from some moment: a month is longer than 30 days in January.
    package func isLonger(than other: Period) -> Bool {
        guard self != other else { return false }
        return Period.starts.contains { $0.adding(self) > $0.adding(other) }
    }

    /// Every day of four years, which covers each length of a month and a year, and each change of the clock.
    private static let starts = (0..<1461).map {
        Instant(milliseconds: 1_672_527_600_000).advanced(seconds: Double($0) * 86_400)
    }
}
