import Testing

@testable import Events

/// Declares its fields in an order other than that of their keys.
private struct Parcel: ClearRecord, ClearElement, Equatable {
    let weight: Int
    let contents: [Parcel]
    let label: TextHash?
    let address: String

    init(weight: Int, contents: [Parcel] = [], label: TextHash? = nil, address: String = "here") {
        self.weight = weight
        self.contents = contents
        self.label = label
        self.address = address
    }

    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        weight = try fields("weight", \.weight)
        label = try fields("label", \.label)
        contents = try fields("contents", \.contents)
        address = try fields("address") { PublishedText($0.address) }.text
    }
}

@Suite struct `A record in the clear part` {
    private let parcel = Parcel(
        weight: 3, contents: [Parcel(weight: 1, address: "a \"quoted\" {street}, [no] 1"), Parcel(weight: 2)],
        label: TextHash(of: "label"))

    @Test func `is written with its keys in ascending order, whatever order it names them in`() {
        let text = String(decoding: ClearPart(parcel).bytes, as: UTF8.self)
        let inner = #"{"address":"a \"quoted\" {street}, [no] 1","weight":1},{"address":"here","weight":2}"#
        #expect(
            text
                == #"{"address":"here","contents":[\#(inner)],"label":"\#(TextHash(of: "label"))","weight":3}"#)
        #expect(ClearPart(parcel).bytes.withUnsafeBytes { CanonicalJSON.defect(in: $0) } == nil)
    }

    @Test func `is read as it was written`() throws {
        for parcel in [parcel, Parcel(weight: 0)] {
            let read: Parcel = try ClearPart(parcel).read()
            #expect(read == parcel)
        }
    }

    @Test(arguments: [
        #"{"address":"x","surprise":1,"weight":1}"#, #"{"address":"x","weight":1,"weights":1}"#,
        #"{"address":"x","weight":1,"weight":1}"#, #"{"a":1,"address":"x","weight":1}"#, #"{"address":"x"}"#,
        #"{"address":"x","weight":1"#, #"{"address":"x","contents":[{"address":"y","b":2,"weight":1}],"weight":1}"#,
    ]) func `has no key that nobody asks for, no key twice, and all that it needs`(text: String) {
        #expect(throws: MalformedEvent.self) {
            let _: Parcel = try ClearPart(stored: Array(text.utf8)).read()
        }
    }
}

private struct Letter: SealedRecord {
    let username: String
    let address: String?

    init(username: String, address: String?) {
        self.username = username
        self.address = address
    }

    init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        username = try fields(.username, \.username)
        address = try fields(.emailAddress, \.address)
    }
}

@Suite struct `A record in the sealed part` {
    private func part(_ value: Personal<Letter>) -> SealedPart {
        SealedPart(Subject(.identity, MemberID(rawValue: 1)), of: Owner(MemberID(rawValue: 1)), value)
    }

    @Test func `is written in the order of its fields' names, without what is missing`() {
        let whole = part(.known(Letter(username: "moa", address: "moa@example.se")))
        #expect(
            String(decoding: whole.plaintext, as: UTF8.self) == #"{"email-address":"moa@example.se","username":"moa"}"#)
        let without = part(.known(Letter(username: "moa", address: nil)))
        #expect(String(decoding: without.plaintext, as: UTF8.self) == #"{"username":"moa"}"#)
    }

    @Test func `says nothing once it is erased`() {
        #expect(String(decoding: part(.erased).plaintext, as: UTF8.self) == "{}")
    }
}
