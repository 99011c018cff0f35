import Accounts
import Events
import Foundation
import Messaging
import Processes
import Projections
import Site
import Synchronization

/// Examines everything around the log: views, sessions, quarantined mail, the disk, and whether the site runs.
struct SiteExaminations: Sendable {
    let files: LogFiles

    func all() -> [Examination] {
        [
            Examination.of("site", site), Examination.of("descriptors", descriptors), Examination.of("views", views),
            Examination.of("staff", staff), Examination.of("next key rotation", keyRotation),
            Examination.of("mail", mail), Examination.of("reading", reading),
            Examination.of("sealed files") {
                try LogExaminations(files).sealedFiles(namedBy: CaseEventName.mailReceived.rawValue)
            },
            Examination.of("disk", disk),
        ] + databases()
    }

    private func site() throws -> Examination {
        let isRunning = ControlClient(socket: ControlServer.path(in: files.data)) != nil
        return Examination("site", .ok, isRunning ? "it is running" : "it is not running")
    }

    /// The descriptors of the running site if there is one, else those that a site started from here would have.
    private func descriptors() throws -> Examination {
        guard let client = ControlClient(socket: ControlServer.path(in: files.data)) else {
            let words =
                "a site started here may have \(Descriptors.limit) open (system's limit: \(Descriptors.ceiling))"
            return verdict(on: 0, of: Descriptors.limit, words)
        }
        let heard = Mutex("")
        let output = CommandOutput { _, text in heard.withLock { $0 = text } }
        _ = try client.run(["descriptors", "--data", files.data.path], output: output)
        let numbers = heard.withLock { $0 }.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 2 else { return Examination("descriptors", .warning, "the site does not tell") }
        return verdict(on: numbers[0], of: numbers[1], "the site has \(numbers[0]) open and may have \(numbers[1])")
    }

    private func verdict(on used: Int, of limit: Int, _ words: String) -> Examination {
        if used * 5 > limit * 4 {
            return Examination("descriptors", .warning, words + "; look for a flood, or raise the limit")
        }
        if limit < 4096 {
            return Examination("descriptors", .warning, words + "; raise the limit, every connection takes one")
        }
        return Examination("descriptors", .ok, words)
    }

    private func views() throws -> Examination {
        let head = try LogExaminations(files).head()
        let generations = try Views.files(in: files.data)
        guard let used = generations.last(where: { $0.isReady && $0.isOfThisProgram }) else {
            return Examination("views", .warning, "there are none of this program; the next start builds them")
        }
        let lag = head - used.position
        guard lag >= 0 else {
            return Examination("views", .wrong, "they have seen \(-lag) events more than the log has; rebuild them")
        }
        return Examination(
            "views", lag > 1000 ? .warning : .ok, "generation \(used.number) has reached \(used.position) of \(head)")
    }

    /// Whether every open case has a handler whom it does not concern (P-08.2).
    private func staff() throws -> Examination {
        var counts: [Stranded.Kind: Int] = [:]
        for matter in CaseMatter.allCases {
            let count = try CaseList.stranded([matter], handledBy: matter.handlers, in: files.data)
            guard let count else { return Examination("staff", .ok, "not looked at: there are no views") }
            counts[matter == .report ? .reports : .cases, default: 0] += count
        }
        let stranded = Stranded(counts: counts.filter { $0.value > 0 })
        return stranded.isEmpty
            ? Examination("staff", .ok, "every open case has somebody to handle it")
            : Examination("staff", .warning, stranded.words)
    }

    private func keyRotation() throws -> Examination {
        let now = Events.Clock.system.now()
        let log = LogExaminations(files)
        var policies = PolicyCalendar.initial
        for event in try log.events(in: PolicyDocument.stream) { try policies.evolve(event) }
        let status = KeyStatus(try log.keyHistory(), policies, at: now)
        guard let rotation = status.rotation else {
            return Examination("next key rotation", .warning, "no version of the policy says when")
        }
        return rotation.advanced(seconds: 86_400) < now
            ? Examination(
                "next key rotation", .warning,
                "it was due at \(rotation); a running site makes it within the hour, 'keys rotate' at once")
            : Examination("next key rotation", .ok, "a running site makes it at \(rotation)")
    }

    private func mail() throws -> Examination {
        guard let through = QuarantinedMail(in: files.data).through else {
            return Examination("mail", .ok, "none is held back")
        }
        return Examination(
            "mail", .warning, "what events up to \(through) asked for waits since a restore; 'mail release' lets it go")
    }

    /// Whether what members have read agrees with the log and the erasure ledger.
    private func reading() throws -> Examination {
        guard let found = try ReadingStore.examine(files) else {
            return Examination("reading", .ok, "nothing is kept yet of what members have read")
        }
        if found.isOfAnotherLog {
            return Examination("reading", .wrong, "reading.sqlite belongs to another log; move it away")
        }
        if found.beyondHead > 0 {
            return Examination(
                "reading", .wrong, "\(found.beyondHead) marks lie after the log's head; move reading.sqlite away")
        }
        if let epoch = found.missingEpochs.first {
            return Examination(
                "reading", .wrong,
                "drafts and notes need master-key epoch \(epoch), which is not in the keys directory; put it back, or move reading.sqlite away"
            )
        }
        return found.ofErased > 0
            ? Examination("reading", .warning, "\(found.ofErased) erased members have marks; a start removes them")
            : Examination("reading", .ok, "the marks of \(found.members) members agree with the log")
    }

    private func disk() throws -> Examination {
        var least: (megabytes: Int, share: Int, place: String)?
        for place in [files.data, files.keys] + (files.anchor.map { [$0] } ?? []) {
            var space = statvfs()
            guard statvfs(place.path, &space) == 0 else { continue }
            let free = Int(space.f_bavail) * Int(space.f_frsize) / 1_048_576
            let share = space.f_blocks > 0 ? Int(space.f_bavail) * 100 / Int(space.f_blocks) : 100
            if free < least?.megabytes ?? .max { least = (free, share, place.path) }
        }
        guard let least else { return Examination("disk", .warning, "how much room there is cannot be told") }
        let words = "\(least.megabytes) MB (\(least.share) %) free at \(least.place)"
        if least.megabytes < 100 { return Examination("disk", .wrong, words + "; make room") }
        return Examination("disk", least.megabytes < 1000 || least.share < 5 ? .warning : .ok, words)
    }

    /// The other databases of the site that exist.
    private func databases() -> [Examination] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: files.data.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".sqlite") && $0 != "log.sqlite" && $0 != "vault.sqlite" }.map {
            LogExaminations.integrity(of: files.data.appending(path: $0).path, $0)
        }
    }
}
