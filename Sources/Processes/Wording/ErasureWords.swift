package import Events

// What an erasure went through, in plain Swedish.

extension ErasureCompleted.Part {
    package var words: String {
        switch self {
        case .blobs: "Filer som hörde till det raderade är borttagna"
        case .claims: "Namn och adresser som var upptagna är lediga igen"
        case .ledger:
            "Raderingen är antecknad utanför databasen, så att en gammal säkerhetskopia inte kan ta tillbaka något"
        case .mail: "E-post som väntade på att skickas är borttagen"
        case .reading: "Uppgifter om vad som hade lästs, sparade inlägg och utkast är borttagna"
        case .sessions: "Alla inloggningar är avslutade"
        case .tokens: "Länkar som hade skickats i mejl fungerar inte längre"
        case .views: "Allt som sidorna visade, och sökregistren, är omskrivet"
        case .visits: "Kopplingen till besöksloggen är borttagen"
        }
    }
}

extension ErasureCompleted.File {
    package var words: String {
        switch self {
        case .log: "Loggens fil är kontrollerad"
        case .reading: "Filen med vad medlemmar har läst, sparat och inte skickat är kontrollerad"
        case .runtime: "Filen med inloggningar och väntande e-post är kontrollerad"
        case .vault: "Filen med nycklar är kontrollerad"
        case .views: "Filerna med sidornas innehåll är kontrollerade"
        case .visits: "Besöksloggens fil är kontrollerad"
        }
    }
}
