/// Stands for the command id of `Events`, which needs cryptography that the fuzzer has no use for.
package struct CommandID: Sendable {
    func orderedHash(for name: String) -> UInt64 { 0 }
    func hash(for name: String) -> UInt64 { 0 }
}
