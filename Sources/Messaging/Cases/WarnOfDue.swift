package import Events

/// Warns that a question has waited long, once per step of the policy; missed steps are merged into one warning (P-18.2).
struct WarnOfDue {
    let time: Instant

    func decide(given file: CaseFile, _ rules: CaseRules) -> [CaseEvent] {
        guard let question = file.question else { return [] }
        let due = CaseClock.warningsDue(file.topic.matter, askedAt: question.askedAt, at: time, rules)
        return due > question.warnings ? [.warned(step: due)] : []
    }
}

extension Messaging {
    /// - Returns: whether a warning was due.
    package func warn(of id: CaseID, _ rules: CaseRules) async throws -> Bool {
        let appended = try await inCase(id, CommandID(at: clock.now()), by: .system) { file, time in
            WarnOfDue(time: time).decide(given: file, rules)
        }
        return appended.positions != nil
    }
}
