package import Events

/// A third party that signs the log's head after verifying that it extends the last one it saw.
///
/// Written as address and key: `https://witness.example.org name+id+key`.
package struct Witness: Hashable, Sendable, LosslessStringConvertible {
    package let address: String
    package let key: WitnessKey

    package var description: String { "\(address) \(key)" }

    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let address = WebAddress(String(words[0])), let key = WitnessKey(String(words[1]))
        else {
            return nil
        }
        self.address = address.description
        self.key = key
    }

    package init(address: String, key: WitnessKey) {
        self.address = address
        self.key = key
    }
}

/// The base address of a third party's service, http or https, without a trailing slash.
package struct WebAddress: Hashable, Sendable, LosslessStringConvertible {
    package let description: String

    package init?(_ text: String) {
        let address = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let scheme = ["https://", "http://"].first(where: address.hasPrefix), address.count > scheme.count,
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\\\"'<>#".utf8.contains($0) })
        else { return nil }
        description = address
    }
}
