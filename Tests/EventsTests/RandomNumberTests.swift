import Foundation
import Testing
import Testkit

@Suite struct `Numbers that tell things apart` {
    /// `UUID()` reads a file, so without file descriptors it returns the same value repeatedly.
    @Test func `come from a counter or from the system's own source`() throws {
        let sources = project.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains("UUID()"), "\(file.lastPathComponent)")
        }
    }
}
