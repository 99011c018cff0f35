import Foundation

/// The passwords that attackers try first: from breaches, and from our own list of Swedish ones.
enum PasswordBlocklist {
    /// Whether the password is one of them, or a decorated variant such as `L0sen0rd!123`.
    static func contains(_ password: String) -> Bool {
        let plain = password.lowercased()
        return [plain, stem(plain), stem(unleeted(plain)), stem(unleeted(stem(plain)))].contains(where: isListed)
            || isRepetition(plain)
    }

    private static func isListed(_ word: String) -> Bool {
        !word.isEmpty && BreachedPasswords.shared.contains(word)
    }

    /// `passwordpassword` and `abcabcabcabc` are no stronger than their repeated part, nor is `aaaaaaaaaaaa`.
    private static func isRepetition(_ text: String) -> Bool {
        let characters = Array(text)
        return (1...4).contains { length in
            characters.count > length && characters.indices.allSatisfy { characters[$0] == characters[$0 % length] }
        }
            || (characters.count % 2 == 0
                && characters.prefix(characters.count / 2) == characters.suffix(characters.count / 2)
                && isListed(stem(unleeted(String(characters.prefix(characters.count / 2))))))
    }

    /// Removes digits and punctuation added around a word to satisfy a form.
    private static func stem(_ text: String) -> String {
        let isOrnament = { (character: Character) in !character.isLetter }
        let tail = text.reversed().drop(while: isOrnament).reversed()
        return String(tail.drop(while: isOrnament))
    }

    private static func unleeted(_ text: String) -> String {
        String(text.map { substitutions[$0] ?? $0 })
    }

    private static let substitutions: [Character: Character] = [
        "0": "o", "1": "i", "!": "i", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t", "8": "b", "9": "g",
    ]
}
