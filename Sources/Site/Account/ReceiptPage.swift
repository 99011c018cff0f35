import Events
import HTML
import SiteMap

/// Confirms that everything is erased, and explains how to verify it; contains no personal data.
struct ReceiptPage: HTMLPage {
    let position: Int
    let fenced: Instant
    let completion: FencedErasure.Completion
    let proof: EventProof
    let leafHash: TreeHash
    let key: VerifierKey
    /// When the last backup made before the erasure expires; nil while no policy says.
    let lastBackup: Instant?

    var title: String { "Kvitto på radering" }
    var isIndexed: Bool { false }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title,
            lead:
                "Dina uppgifter är raderade. Nycklarna till dem är förstörda, så ingen kan läsa dem igen, inte heller vi."
        )
        html.facts { html in
            html.fact("Spärren", "händelse \(SwedishNumber.grouped(position))")
            html.fact("Raderades") { $0.exactTime(fenced) }
            html.fact("Klart") { $0.exactTime(completion.time) }
            html.fact("Förstörda nycklar", SwedishNumber.grouped(completion.done.keys.count))
            html.fact("Nycklarnas fingeravtryck") {
                $0.element(.span, class: "hash", text: completion.done.keys.fingerprint.description)
            }
            if let lastBackup {
                html.fact("Säkerhetskopior") { html in
                    html.text("Den sista kopian från före raderingen är borta senast ")
                    html.exactTime(lastBackup)
                }
            }
        }
        html.h2("Det här har gåtts igenom")
        html.div(class: "prose") { html in
            html.list(completion.done.parts.map(\.words) + completion.done.files.map(\.words)) { $1.text($0) }
        }
        html.p(
            completion.done.generations == 1
                ? "Sidornas register fanns i en upplaga."
                : "Sidornas register fanns i \(SwedishNumber.inWords(completion.done.generations)) upplagor; alla gicks igenom."
        )
        html.h2("Bevis")
        html.p(
            "Beviset visar att raderingen står i vår logg, under en signerad kontrollpunkt. Spara det i en fil som slutar på .tlog-proof. Det innehåller inga personuppgifter."
        )
        html.scrolling("Beviset", proof.text)
        html.p("Beviset gäller händelsen med den här hashen:")
        html.scrolling("Händelsens hash", Hex.encode(leafHash))
        html.p("Kontrollpunktens signatur kontrolleras med webbplatsens nyckel:")
        html.scrolling("Verifieringsnyckeln", key.description)
        html.h2("Vad finns kvar?")
        html.p(
            "I loggen står att något hände och när, med slumpvisa nummer i stället för namn. Vad det gällde går inte att läsa. Så går loggen att kontrollera utan att det framgår vem den handlar om. Den som på annat sätt vet vad du gjorde en viss stund skulle ändå kunna känna igen det."
        )
        html.p(
            "Spara sidan om du vill. Länken fungerar så länge webbplatsen finns, och vi har inte gett den till någon annan.",
            class: "muted")
    }
}

/// Shown before the erasure: the same for every link, also one that never leads anywhere, so that it tells nothing about a legal hold (P-10.1).
struct ReceiptNotReadyPage: HTMLPage {
    var title: String { "Kvittot är inte klart än" }
    var isIndexed: Bool { false }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Här visas kvittot när uppgifterna är raderade. Dagen står i mejlet du fick när kontot avslutades, men det kan dröja längre: till exempel om vi var sena med att påminna dig, eller om lagen kräver att något sparas. Tills dess är uppgifterna dolda för andra."
        )
        html.p("Kontrollera annars att du har fått med hela länken.")
        html.actions { $0.buttonLink("Kontakta oss", to: .contact) }
    }
}

/// Shown between the fence and the last step of an erasure.
struct ErasureUnderWayPage: HTMLPage {
    let fenced: Instant

    var title: String { "Raderingen pågår" }
    var isIndexed: Bool { false }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p { html in
            html.text("Raderingen började ")
            html.exactTime(fenced)
            html.text(". Ingen kan läsa dina uppgifter längre.")
        }
        html.p("Vi gör rent de sista filerna. Kvittot visas här när allt är klart; det brukar ta några sekunder.")
    }
}

extension ErasureCompleted.Part {
    fileprivate var words: String {
        switch self {
        case .blobs: "Filer som hörde till det raderade är borttagna"
        case .claims: "Namn och adresser som var upptagna är lediga igen"
        case .ledger:
            "Raderingen är antecknad utanför databasen, så att en gammal säkerhetskopia inte kan ta tillbaka något"
        case .mail: "E-post som väntade på att skickas är borttagen"
        case .reading: "Det vi kom ihåg av vad du hade läst, dina sparade inlägg och dina utkast är borttagna"
        case .sessions: "Alla inloggningar är avslutade"
        case .tokens: "Länkar som har skickats till dig fungerar inte längre"
        case .views: "Allt som sidorna visade, och sökregistren, är omskrivet"
        case .visits: "Kopplingen till besöksloggen är borttagen"
        }
    }
}

extension ErasureCompleted.File {
    fileprivate var words: String {
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
