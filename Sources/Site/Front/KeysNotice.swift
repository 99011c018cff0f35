import Events
import HTML
import Processes

extension HTMLWriter {
    /// Warns when no backup has the keys in use.
    mutating func notice(of keys: KeyStatus) {
        guard keys.history.backedUp == nil else { return }
        notice(.warning) { html in
            html.p(
                "Huvudnycklarna har inte säkerhetskopierats sedan de togs i bruk den \(SwedishDate.long(keys.history.since.stockholmDate)). Går de förlorade kan ingen läsa några personuppgifter igen."
            )
            html.p { html in
                html.text("Den som sköter driften kopierar dem med ")
                html.element(.code, text: "mikroforetag backup KATALOG")
                html.text(", eller kopierar nyckelkatalogen för hand och kör ")
                html.element(.code, text: "mikroforetag keys backed-up KATALOG")
                html.text(".")
            }
        }
    }

    mutating func facts(of keys: KeyStatus) {
        let history = keys.history
        facts { html in
            html.fact(history.epoch == 1 ? "Skapades" : "Byttes senast") { $0.exactTime(history.since) }
            html.fact("Byts nästa gång") { html in
                guard let rotation = keys.rotation else { return html.text("Det säger ingen policy") }
                html.exactTime(rotation)
            }
            html.fact("Säkerhetskopierades senast") { html in
                if let time = history.backedUp { html.exactTime(time) } else { html.text("Inte sedan dess") }
            }
            html.fact("Utbytta nycklar") { html in
                guard let destruction = keys.destruction else { return html.text("Inga finns kvar") }
                html.text("\(SwedishNumber.grouped(history.replaced.count)) kvar; nästa förstörs ")
                html.exactTime(destruction)
            }
        }
    }
}
