import CZlib
import Foundation
import Testing
import Testkit

@Suite struct `Looking for canaries` {
    private static let canary = "Åsa+kanariefågel/7"

    private static let hidden: [(String, [UInt8])] = [
        ("UTF-8", Array("x\(canary)y".utf8)),
        ("small letters", Array(canary.lowercased().utf8)),
        ("UTF-16LE", Array(canary.data(using: .utf16LittleEndian) ?? Data())),
        ("UTF-16BE", Array(canary.data(using: .utf16BigEndian) ?? Data())),
        ("hexadecimal", Array(canary.utf8.map { String(format: "%02x", $0) }.joined().utf8)),
        ("capital hexadecimal", Array(canary.utf8.map { String(format: "%02X", $0) }.joined().utf8)),
        ("base 64, begun", Array(Data("\(canary) och mera".utf8).base64EncodedString().utf8)),
        ("base 64, one byte in", Array(Data("1\(canary) och mera".utf8).base64EncodedString().utf8)),
        ("base 64, two bytes in", Array(Data("12\(canary)".utf8).base64EncodedString().utf8)),
        (
            "base 64 for addresses",
            Array(
                Data("12\(canary)".utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").utf8)
        ),
        ("quoted-printable", Array("=C3=85sa+kanarief=C3=A5gel/7".utf8)),
        ("percent encoding", Array("%C3%85sa%2Bkanarief%C3%A5gel%2F7".utf8)),
        ("JSON escapes", Array(#""\u00c5sa+kanarief\u00e5gel/7""#.utf8)),
        ("HTML escapes", Array("&#197;sa+kanarief&#229;gel/7".utf8)),
    ]

    @Test func `finds one in whatever form it was written down`() {
        let scan = CanaryScan(Self.canary)
        for (form, bytes) in Self.hidden {
            #expect(!scan.findings(in: bytes, named: form).isEmpty, "\(form)")
            #expect(scan.findings(in: Array(bytes.dropFirst(4)), named: form).allSatisfy { $0.offset > 0 }, "\(form)")
        }
        #expect(scan.findings(in: Array("Åsa hade ingen kanariefågel".utf8), named: "text").isEmpty)
    }

    @Test func `finds one that is compressed, and in the name of a file`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let text = Array(String(repeating: "fyllning ", count: 50).utf8) + Array("hemligt-4711".utf8)
        var size = compressBound(UInt(text.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        #expect(compress(&packed, &size, text, UInt(text.count)) == Z_OK)
        try Data([1, 2, 3] + packed.prefix(Int(size))).write(to: directory.appending(path: "a.bin"))
        try Data("inget".utf8).write(to: directory.appending(path: "hemligt-4711.txt"))
        let files = try CanaryScan("hemligt-4711").findings(in: directory).map(\.file)
        #expect(files == ["a.bin (compressed at 3)", "the name of hemligt-4711.txt"])
    }
}
