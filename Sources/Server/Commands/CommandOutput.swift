import Events
import Foundation
import Projections
import Synchronization

/// Where a command's output goes: to the terminal, directly or through the control socket.
struct CommandOutput: Sendable {
    enum Kind: String, Codable, Sendable {
        case line, progress
    }

    private let write: @Sendable (Kind, String) -> Void

    init(write: @escaping @Sendable (Kind, String) -> Void) { self.write = write }

    func line(_ text: String) { write(.line, text) }

    /// The progress of a long operation; redrawn in place on a terminal, written rarely elsewhere.
    func progress(_ text: String) { write(.progress, text) }

    /// One JSON object, for `--json`.
    func json(_ object: [String: Any]) {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: options) else { return }
        line(String(decoding: data, as: UTF8.self))
    }

    static let terminal = CommandOutput(write: TerminalLines().write)
}

/// Draws progress in place on a terminal; elsewhere a line every five seconds, so that short work is silent.
private final class TerminalLines: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex<(isDrawn: Bool, last: ContinuousClock.Instant)>((false, .now))

    @Sendable func write(_ kind: CommandOutput.Kind, _ text: String) {
        state.withLock { state in
            switch kind {
            case .line:
                if state.isDrawn { standardError("\r\u{1B}[K") }
                state.isDrawn = false
                FileHandle.standardOutput.write(Data((text + "\n").utf8))
            case .progress where isTerminal:
                standardError("\r\u{1B}[K\(text)")
                state.isDrawn = true
            case .progress:
                let now = ContinuousClock.now
                if state.last.duration(to: now) < .seconds(5) { return }
                state.last = now
                standardError(text + "\n")
            }
        }
    }

    private func standardError(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

extension RebuildProgress {
    /// `[##########··········] 50 % 120 000/240 000`
    var bar: String {
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
        let filled = Int(share * 20)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
        return "[\(bar)] \(Int(share * 100)) % \(done)/\(total)"
    }
}
