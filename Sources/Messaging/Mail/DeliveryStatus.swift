/// An enhanced status code (RFC 3463), such as 5.1.1: no such mailbox.
package struct DeliveryStatus: Hashable, Sendable, CustomStringConvertible {
    /// 2 success, 4 temporary failure, 5 permanent failure.
    package let grade: Int
    package let subject: Int
    package let detail: Int

    package init(_ grade: Int, _ subject: Int, _ detail: Int) {
        self.grade = grade
        self.subject = subject
        self.detail = detail
    }

    /// Parses three numbers separated by dots, optionally followed by a comment; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let word = text.prefix { $0 != " " && $0 != "\t" && $0 != "(" }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard parts.count == 3, numbers.count == 3, [2, 4, 5].contains(numbers[0]) else { return nil }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    package var description: String { "\(grade).\(subject).\(detail)" }

    /// Hard only if the address itself is invalid: a full mailbox, a filter or a broken server is not the address's fault, and an
    /// unspecific status proves nothing.
    package var severity: Bounce.Severity {
        guard grade == 5 else { return .soft }
        switch (subject, detail) {
        // Bad mailbox, bad system, bad syntax, moved, no such domain. 5.1.7 and 5.1.8 are about the sender.
        case (1, 1), (1, 2), (1, 3), (1, 6), (1, 10): return .hard
        // Disabled.
        case (2, 1): return .hard
        case _: return .soft
        }
    }

    /// Refines an unspecific permanent failure (5.0.0, 5.1.0) by the receiving server's diagnostic (RFC 3464, 2.3.6), the only place where
    /// Exim and IronPort give the reason. A diagnostic about a full mailbox, a filter or a rule leaves the status unchanged.
    package func refined(by diagnostic: String) -> DeliveryStatus {
        guard grade == 5, subject == 0 || (subject, detail) == (1, 0) else { return self }
        let words = String(diagnostic.prefix(2000)).lowercased()
        guard words.firstMatch(of: DeliveryStatus.otherReason) == nil else { return self }
        let codes = words.matches(of: /(?:^|[^0-9.])(5\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])/).compactMap {
            DeliveryStatus($0.1)
        }
        if let precise = codes.first(where: { $0.subject != 0 && ($0.subject, $0.detail) != (1, 0) }) { return precise }
        let isRefusal = words.firstMatch(of: /(?:^|[^0-9.])55[013](?![0-9.])/) != nil
        return isRefusal && words.firstMatch(of: DeliveryStatus.noSuchUser) != nil ? DeliveryStatus(5, 1, 1) : self
    }

    private static var noSuchUser: Regex<Substring> {
        #/
          (?:user|recipient|mailbox|address|account|addressee)\ (?:is\ )?(?:unknown|not\ found|invalid)
          | (?:unknown|unrouteable|invalid|no\ such|non-?existent)\ (?:local\ )?(?:user|recipient|mailbox|address|account)
          | (?:does\ not|doesn't)\ exist | user\ doesn't\ have | no\ mailbox\ here
        /#
    }

    /// Reasons that lie with the sender, the content or a temporary condition.
    private static var otherReason: Regex<Substring> {
        #/
          \b (?: full | quota | over\ ?limit | storage | spam | spf | dkim | dmarc | policy | policies | blocked | blocklist
          | blacklist(?:ed)? | denied | reputation | grey-?list(?:ed|ing)? | temporary | temporarily | try\ again | relaying
          | to\ relay | not\ allowed | not\ authori[sz]ed | authentication | rate\ limit | too\ many | too\ large | virus
          | content | sender | helo | ehlo ) \b
        /#
    }
}
