import Events

/// Numbers the strings that recur in the audit trail (event types and the words before ids), so that its rows stay short.
final class TrailWords {
    private var types: [EventType: Int] = [:]
    private var words: [String: Int] = [:]

    func number(of type: EventType, in views: ViewWriter) throws -> Int {
        if let number = types[type] { return number }
        let number = try number(of: type.description, in: views)
        types[type] = number
        return number
    }

    func number(of word: String, in views: ViewWriter) throws -> Int {
        if let number = words[word] { return number }
        try views.run("INSERT INTO trail_words(word) VALUES (?) ON CONFLICT DO NOTHING", .text(word))
        let numbers = try views.integers("SELECT number FROM trail_words WHERE word = ?", .text(word))
        words[word] = numbers[0]
        return numbers[0]
    }
}
