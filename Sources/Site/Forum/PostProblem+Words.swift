import Forum
import HTML

extension PostProblem {
    var words: String {
        switch self {
        case .empty: "Skriv ditt inlägg"
        case .tooLong: "Texten får vara högst \(SwedishNumber.grouped(PostBody.mostCharacters)) tecken"
        case .containsNUL: "Texten innehåller ett tecken som inte går att spara"
        case .tooManyMentions: "Nämn högst \(SwedishNumber.inWords(PostDraft.mostMentions)) medlemmar i samma inlägg"
        case .tooManyMentionsInAll:
            "Skriv @namn högst \(SwedishNumber.inWords(PostDraft.mostMentionsInAll)) gånger i samma inlägg"
        case .tooManyQuotes: "Citera högst \(SwedishNumber.inWords(PostDraft.mostQuotes)) gånger i samma inlägg"
        case .noSuchQuotedPost: "Ett inlägg som du citerar finns inte längre. Ta bort raden som börjar med [citat"
        case .noSuchPlace: "Ett citat pekar på text som inte finns. Ta bort raden som börjar med [citat"
        case .tooMuch(let excess): excess.words
        }
    }
}

extension MarkdownExcess {
    var words: String {
        switch self {
        case .nesting:
            "Citat och listor ligger i varandra i för många nivåer, eller så är texten för lång för så många. Använd färre nivåer"
        case .tables: "Texten har för många tabellrader med bara streck. Dela upp dem med en tom rad emellan"
        case .addresses:
            "Texten har för många webbadresser eller @ efter varandra. Skilj dem åt med mellanrum eller nya rader"
        case .brackets: "Texten har för många hakparenteser i samma stycke. Dela upp det med en tom rad emellan"
        case .emphasis: "Texten har för många * och _ i samma stycke. Dela upp det med en tom rad emellan"
        case .references:
            "Texten använder för många länkar av typen [namn] med adressen på ett annat ställe. Skriv adresserna direkt"
        case .declarations:
            "Texten har för många <? eller <! i samma stycke. Dela upp det med en tom rad emellan"
        }
    }
}

extension ThreadTitle.Problem {
    var words: String {
        switch self {
        case .tooShort: "Skriv en rubrik med minst \(SwedishNumber.inWords(ThreadTitle.lengths.lowerBound)) tecken"
        case .tooLong: "Rubriken får vara högst \(ThreadTitle.lengths.upperBound) tecken"
        case .containsNUL: "Rubriken innehåller ett tecken som inte går att spara"
        }
    }
}

extension Form {
    mutating func note(_ problems: Problems<PostProblem>) {
        for words in Set(problems.all.map(\.words)).sorted() { note(words, at: .postText) }
    }

    /// The title, or nil and a note.
    mutating func threadTitle() -> ThreadTitle? {
        do throws(ThreadTitle.Problem) {
            return try ThreadTitle(typed(.postTitle))
        } catch {
            note(error.words, at: .postTitle)
            return nil
        }
    }
}
