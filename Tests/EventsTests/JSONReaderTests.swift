import Testing

@testable import Events

@Suite struct `Reading canonical JSON` {
    private func integer(_ digits: String) throws -> Int64 {
        var reader = try JSONReader(Array("{\"n\":\(digits)}".utf8))
        try reader.require(key: "n")
        let value = try reader.integer()
        try reader.finish()
        return value
    }

    @Test(arguments: ["0", "7", "-1", "10", "1773140400000", "9223372036854775807"])
    func `takes a number as it is written`(digits: String) throws {
        #expect(try integer(digits) == Int64(digits))
    }

    @Test(arguments: ["-0", "00", "01", "-01", "007", "+1", "-", "", "1.0", "1e3", "9223372036854775808"])
    func `takes no other spelling of a number, like the verifier`(digits: String) {
        #expect(throws: MalformedEvent.self) { try integer(digits) }
        let bytes = Array("{\"n\":\(digits)}".utf8)
        #expect(bytes.withUnsafeBytes { CanonicalJSON.defect(in: $0) } != nil)
    }
}
