import Crypto

/// The bytes that the Merkle tree commits to for one event. `docs/log-format.md` gives the same rules for other programs.
struct Leaf {
    let position: Int
    let stream: String
    let version: Int
    let type: String
    let schema: Int
    let time: Int64
    let actor: String
    let causation: Int?
    let command: String
    let subject: String?
    let owner: String?
    let key: Int?
    let sealed: [UInt8]?
    let clear: [UInt8]

    /// One JSON object with the keys in this order, without white space.
    var input: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(384 + clear.count)
        func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
        func quoted(_ text: String?) {
            guard let text else { return add("null") }
            var json = JSONWriter()
            json.string(text)
            bytes.append(contentsOf: json.bytes.dropFirst())
        }
        add("{\"position\":\(position),\"stream\":")
        quoted(stream)
        add(",\"version\":\(version),\"type\":")
        quoted(type)
        add(",\"schema\":\(schema),\"time\":\(time),\"actor\":")
        quoted(actor)
        add(",\"causation\":\(causation.map(String.init) ?? "null"),\"command\":")
        quoted(command)
        add(",\"subject\":")
        quoted(subject)
        add(",\"owner\":")
        quoted(owner)
        add(",\"key\":\(key.map(String.init) ?? "null"),\"sealed\":")
        quoted(sealed.map { Hex.encode(SHA256.hash(data: $0)) })
        add(",\"clear\":")
        bytes.append(contentsOf: clear)
        add("}")
        return bytes
    }

    var hash: TreeHash { TreeHashing.leaf(input) }
}
