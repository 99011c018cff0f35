import Foundation

/// Words that make a name appear to speak for the site, in Swedish and English.
///
/// A long one is refused anywhere. `admin` is refused at the beginning or the end of a word, `support` as a word, and the others when the
/// whole name consists of such words and affixes: `badmintonkungen` and `supporterklubben` are allowed.
enum StaffWords {
    /// - Parameter username: in its original case, since capitals also divide it into words.
    static func areClaimed(byUsername username: String) -> Bool {
        let words = words(in: username)
        return exact.contains(Skeleton(words.joined()).text)
            || readings(of: words.joined()).contains { isLong($0) || isMadeOfStaffWords($0) }
            || words.flatMap { [$0] + humps(of: $0) }.flatMap { readings(of: $0) }.contains(where: isStaffWord)
    }

    /// Fewer words are refused in a person's name: some are surnames.
    static func areClaimed(byName name: String) -> Bool {
        let words = words(in: name)
        return readings(of: words.joined()).contains(where: isLong)
            || words.flatMap { readings(of: $0) }.contains { isStaffWord($0) || siteNames.contains($0) }
    }

    private static func words(in text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Splits `AdminAnna` in two.
    private static func humps(of word: String) -> [String] {
        var humps: [String] = []
        var isAfterSmall = false
        for character in word {
            if humps.isEmpty || (isAfterSmall && character.isUppercase) { humps.append("") }
            humps[humps.count - 1].append(character)
            isAfterSmall = character.isLowercase
        }
        return humps
    }

    /// Digits stand for letters, for nothing, or for a separator: `adm1n`, `admin1`, `admin1anna`.
    private static func readings(of word: String) -> [String] {
        let divided = word.split(whereSeparator: \.isNumber).map(String.init)
        let stripped = word.drop(while: \.isNumber).reversed().drop(while: \.isNumber).reversed()
        let readings = [word, String(stripped), divided.joined()] + (divided.count > 1 ? divided : [])
        return Array(Set(readings.map { harmlessRemoved(from: Skeleton($0).text) }))
    }

    private static func harmlessRemoved(from skeleton: String) -> String {
        harmless.reduce(skeleton) { $0.replacing($1, with: "") }
    }

    private static func isLong(_ skeleton: String) -> Bool { long.contains(where: skeleton.contains) }

    private static func isStaffWord(_ skeleton: String) -> Bool {
        skeleton.hasPrefix(admin) || skeleton.hasSuffix(admin) || own.contains(skeleton)
    }

    private static func isMadeOfStaffWords(_ skeleton: String) -> Bool {
        let text = Array(skeleton.utf8)
        var reached = Array(repeating: (plain: false, withStaffWord: false), count: text.count + 1)
        reached[0].plain = true
        for start in text.indices where reached[start].plain || reached[start].withStaffWord {
            let rest = text[start...]
            for part in parts where rest.starts(with: part.bytes) {
                let end = start + part.bytes.count
                if part.isStaffWord || reached[start].withStaffWord { reached[end].withStaffWord = true }
                if !part.isStaffWord, reached[start].plain { reached[end].plain = true }
            }
        }
        return reached[text.count].withStaffWord
    }

    private static let admin = Skeleton("admin").text

    /// Words that only resemble a staff word.
    private static let harmless = skeletons("badminton adminton")

    private static let long = skeletons(
        """
        administrat moderator kundtjänst kundservice kundsupport sysadmin webmaster webbmaster postmaster hostmaster
        mailerdaemon noreply dataskyddsombud personuppgiftsansvarig
        """)

    private static let own = Set(skeletons("support supporten supportens supports supportteam supportteamet"))

    private static let siteNames = Set(skeletons("mikroföretag mikroföretags mikroföretagse mikroföretagnu"))

    /// Refused as the whole name.
    private static let exact = Set(
        skeletons(
            """
            abuse anonym anonymous auditor granskare info kontakt medlem null operator operatör owner root security sida
            staff system systemet tidigaremedlem uppgiftsaknas visitor personalen ledningen säkerhet hjälp help ägaren
            """))

    private static let parts: [(bytes: [UInt8], isStaffWord: Bool)] = {
        let staff = """
            admin admins adminen adminens mod mods modd moddar modden modteam moderering modereringen redaktör redaktören
            redaktörens redaktörer redaktörn redaktion redaktionen redaktionens chefredaktör styrelse styrelsen styrelsens
            staff personal personalen ledning ledningen support supporten säkerhetsavdelningen security helpdesk
            mikroföretag mikroföretags operatör operatören operatörn operator
            """
        let others = """
            super huvud chef chefen chefs sajt sajten sajtens site forum forumet forumets webb web webbplats webbplatsen
            teknisk tekniska teknik kund medlem medlems medlemmar team teamet grupp gruppen konto kontot account desk
            avdelning avdelningen officiell officiella official officiellt den det the vår our er ny nya new real riktig
            riktiga äkta global head lead senior junior vice bitr av of från for för på se com nu org net sverige sweden
            svensk svenska här info kontakt mail epost hjälp help
            """
        return skeletons(staff).map { (Array($0.utf8), true) } + skeletons(others).map { (Array($0.utf8), false) }
    }()

    private static func skeletons(_ words: String) -> [String] {
        words.split(whereSeparator: \.isWhitespace).map { Skeleton(String($0)).text }
    }
}
