import Forum

extension PostProblem {
    var words: String {
        switch self {
        case .empty: "Skriv något. Bara ett citat räcker inte"
        case .tooLong: "Texten får vara högst \(SwedishNumber.grouped(PostBody.mostCharacters)) tecken"
        case .containsNUL: "Texten innehåller ett tecken som inte går att spara"
        case .tooManyMentions: "Nämn högst \(PostDraft.mostMentions) medlemmar i samma inlägg"
        case .tooManyQuotes: "Citera högst \(PostDraft.mostQuotes) gånger i samma inlägg"
        case .noSuchQuotedPost: "Ett inlägg som du citerar finns inte längre. Ta bort raden som börjar med [citat"
        case .noSuchPlace: "Ett citat pekar på text som inte finns. Ta bort raden som börjar med [citat"
        }
    }
}

extension ThreadTitle.Problem {
    var words: String {
        switch self {
        case .tooShort: "Skriv en rubrik med minst \(ThreadTitle.lengths.lowerBound) tecken"
        case .tooLong: "Rubriken får vara högst \(ThreadTitle.lengths.upperBound) tecken"
        case .containsNUL: "Rubriken innehåller ett tecken som inte går att spara"
        }
    }
}

extension Form {
    /// What was written as a body, or nil and a note for each mistake.
    mutating func postBody(_ parse: (String) throws -> PostBody) throws -> PostBody? {
        do {
            return try parse(typed(.postText))
        } catch let problems as Problems<PostProblem> {
            for words in Set(problems.all.map(\.words)).sorted() { note(words, at: .postText) }
            return nil
        }
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
