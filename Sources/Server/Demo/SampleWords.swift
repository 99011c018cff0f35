import HTML

/// Text for measurements: the same seed and number give the same words (SplitMix64).
struct SampleWords {
    private var state: UInt64

    init(seed: UInt64, _ number: Int) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number) }

    mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    mutating func title() -> String { sentence(words: 3 + number(below: 5)) }

    /// Some 40 words in one to three paragraphs, now and then with a list or an emphasis.
    mutating func body() -> String {
        var paragraphs: [String] = []
        for _ in 0...number(below: 3) {
            let sentences = (0...number(below: 2)).map { _ in sentence(words: 6 + number(below: 10)) + "." }
            paragraphs.append(sentences.joined(separator: " "))
        }
        if number(below: 8) == 0 {
            paragraphs.append((0..<3).map { _ in "- " + sentence(words: 4) }.joined(separator: "\n"))
        }
        if number(below: 6) == 0 { paragraphs.append("**\(sentence(words: 3))**") }
        return paragraphs.joined(separator: "\n\n")
    }

    private mutating func sentence(words count: Int) -> String {
        let words = (0..<count).map { _ in pick(SampleWords.vocabulary) }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private static let vocabulary = """
        avtal bokslut budget dag faktura företag förslag hantverk idé kaffe kalender kassa kund kvitto lager leverans
        lokal lån marknad moms möte nätverk offert ordning pension plan pris rabatt rapport resa semester skatt skylt
        säljer tid tjänst utgift vecka verkstad vinst år återkommer behöver betalar bygger frågar fungerar hittar hjälper
        jobbar köper lär provar räknar sparar tycker undrar väntar växer bra egen enkel gammal liten långsam ny svår
        tydlig viktig ibland kanske redan snart tillsammans
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
