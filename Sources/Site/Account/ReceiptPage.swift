import Events
import HTML
import Processes
import SiteMap

/// Confirms that everything is erased, and explains how to verify it; contains no personal data.
struct ReceiptPage: HTMLPage {
    let receipt: ErasureReceipt

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
            html.fact("Spärren", "händelse \(SwedishNumber.grouped(receipt.position))")
            html.facts(of: receipt)
        }
        html.erased(receipt)
        html.h2("Bevis")
        html.p(
            "Beviset visar att raderingen står i vår logg, under en signerad kontrollpunkt. Spara det i en fil som slutar på .tlog-proof. Det innehåller inga personuppgifter."
        )
        html.scrolling("Beviset", receipt.proof.text)
        html.p("Beviset gäller händelsen med den här hashen:")
        html.scrolling("Händelsens hash", Hex.encode(receipt.leafHash))
        html.p("Kontrollpunktens signatur kontrolleras med webbplatsens nyckel:")
        html.scrolling("Verifieringsnyckeln", receipt.key.description)
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
