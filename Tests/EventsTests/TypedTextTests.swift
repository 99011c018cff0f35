import Events
import Foundation
import Testing

@Suite struct `Marks upon one letter` {
    @Test(arguments: ["\u{301}", "\u{E47}", "\u{20DD}", "\u{336}", "\u{489}"])
    func `are four at most`(mark: String) {
        let tower = "Z" + String(repeating: mark, count: 200) + "x"
        #expect(TypedText.lines(tower)?.unicodeScalars.count ?? 0 <= 6)
        let hidden = "Z" + String(repeating: "\(mark)\u{200D}", count: 200)
        #expect(TypedText.lines(hidden)?.unicodeScalars.count { $0 != "\u{200D}" } ?? 0 <= 5)
        #expect(TypedText.singleLine(tower)?.unicodeScalars.count ?? 0 <= 6)
    }

    @Test(
        arguments: [
            "Tiếng Việt: Nguyễn Thị Mỹ Hạnh", "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים", "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ", "เก้าอี้น้ำนี้ ผู้ที่", "क्षत्रिय हिन्दी ड़ँ", "བསྒྲུབས་པ",
            "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 👍🏽 1️⃣", "j̈ ạ̈ ŝ",
        ])
    func `stay as the writing has them`(text: String) {
        #expect(TypedText.lines(text) == text.precomposedStringWithCanonicalMapping)
    }
}
