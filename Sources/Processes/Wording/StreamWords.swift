/// The kinds of streams in the log, in plain Swedish.
package enum StreamWords {
    /// - Parameter stream: the name in the log: `case:` and an id, or `privacy-policy`.
    /// - Returns: what it is about, with the id if there is one; a stream without words as it is.
    package static func words(for stream: String) -> (kind: String, id: String?) {
        let parts = stream.split(separator: ":", maxSplits: 1).map(String.init)
        guard let first = parts.first, let kind = kinds[first] else { return (stream, nil) }
        return (kind, parts.count == 2 ? parts[1] : nil)
    }

    private static let kinds = [
        "member": "Medlem", "viewed-member": "Medlem, öppnade uppgifter", "held-member": "Medlem, bevarande",
        "security": "Säkerhet", "notices": "Medlem, aviseringar", "block-list": "Medlem, spärrade avsändare",
        "mailbox": "Medlem, mejladress", "sign-in": "Inloggning", "viewed-text": "Text med personnummer",
        "category": "Kategori", "forum-categories": "Kategorier", "thread": "Tråd", "post": "Inlägg",
        "conversation": "Samtal", "case": "Ärende", "correction": "Rättelse", "issue": "Nyhetsbrev",
        "outbox": "Utgående mejl", "fence": "Radering", "backups": "Säkerhetskopior", "keys": "Huvudnycklar",
        "continuations": "Återställningar", "verdicts": "Kontroller mot policyn", "staff": "Roller",
        "staff-names": "Namn i administrationen",
        "privacy-policy": "Integritetspolicyn", "member-terms": "Medlemsvillkoren",
    ]
}
