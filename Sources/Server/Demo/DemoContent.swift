import Accounts
import Events
import Forum
import Foundation
import Messaging
import Yams

/// The content of the demo community, as read from `Fixtures/demo/`.
struct DemoContent {
    struct Person: Decodable {
        let username: String
        let name: String
        let municipality: String?
        let hasProtectedIdentity: Bool?
        let role: String?
    }

    struct Section: Decodable {
        let slug: String
        let name: String
        let audience: String
        let description: String
    }

    struct Conversation: Decodable {
        let title: String
        let started: String
        let posts: [Entry]
    }

    struct Entry: Decodable {
        let by: String
        let after: String
        let quote: Int?
        let text: String
    }

    let people: [Person]
    let sections: [(section: Section, threads: [Conversation])]
    let correspondence: [Correspondence]

    /// - Throws: `CommandFailure` naming the file that is missing or unreadable.
    init(directory: URL) throws {
        people = try DemoContent.read(directory.appending(path: "members.yaml"))
        let sections: [Section] = try DemoContent.read(directory.appending(path: "categories.yaml"))
        self.sections = try sections.map { section in
            (section, try DemoContent.read(directory.appending(path: "threads/\(section.slug).yaml")))
        }
        correspondence = try DemoContent.read(directory.appending(path: "messages.yaml"))
    }

    private static func read<Value: Decodable>(_ file: URL) throws -> Value {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw CommandFailure.usage("cannot read \(file.path); name the demo's directory with --content")
        }
        do { return try YAMLDecoder().decode(Value.self, from: text) } catch {
            throw CommandFailure.usage("\(file.path) is not what the demo expects: \(error)")
        }
    }
}

extension DemoContent.Conversation {
    /// When each post is written. The thread's start is local time.
    func times() throws -> [Instant] { try DemoContent.times(from: started, posts.map(\.after)) }
}

extension DemoContent.Correspondence {
    func times() throws -> [Instant] { try DemoContent.times(from: started, messages.map(\.after)) }
}

extension DemoContent {
    fileprivate static func times(from started: String, _ delays: [String]) throws -> [Instant] {
        let parts = started.split { "-T:".contains($0) }.compactMap { Int($0) }
        guard parts.count == 5, let day = CalendarDate(year: parts[0], month: parts[1], day: parts[2]) else {
            throw CommandFailure.usage("'\(started)' in the demo's content is no time")
        }
        var time = day.startInStockholm.advanced(seconds: Double(parts[3] * 3600 + parts[4] * 60))
        return try delays.map { delay in
            time = time.advanced(seconds: try seconds(delay))
            return time
        }
    }

    /// - Parameter delay: since the previous entry, such as `25m`, `3h` or `2d`.
    private static func seconds(_ delay: String) throws -> Double {
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400]
        guard let unit = delay.last.flatMap({ units[$0] }), let number = Double(delay.dropLast()) else {
            throw CommandFailure.usage("'\(delay)' in the demo's content is no delay; write 25m, 3h or 2d")
        }
        return number * unit
    }
}
