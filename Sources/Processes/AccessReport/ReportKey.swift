/// Every key of the access report; `docs/access-report.md` documents where each occurs and what it holds.
package enum ReportKey: String, CaseIterable, Sendable {
    case format, generatedAt
    case purposes, recipients, periods, sources, rights, complaint, automatedDecisions
    case member, fields, erased, consents, roles, signIns, securityNotices, sessions, knownDevices, visits, threads,
        posts, staffViews,
        corrections
    case decisions, holds, plannedErasures, history
    case mails
    case cases
    case conversations, messageReports, blockedMembers
    case notifications = "notices"
    case watches, reading, bookmarks, drafts

    case id, state, signedUpAt, confirmedAt, sex, birthDate, newsletter
    case field, purpose, legalBasis, retention, answer, values, value, meaning, status, source, time, actor
    case event, kind, erasedAt, eraseBy, details, version, textHash, formHash, formText, role, isGranted
    case address, device, signedOutAt, signOutCause, begunAt, lastUsedAt
    case visit, page, referrer
    case recipient, period, right, authority, email, postalAddress
    case openedAt, titles, title, thread, publishedAt, removalReason, revisions, number, text
    case viewer, reason, note, grounds, requestedAt, comparison, comparedAt, isApproved, decidedAt
    case outcome, count
    case until, rule, facts, reference, placedAt, lastDay, liftedAt
    case matter, subject, party, closedAt, entries, target, points, messageID, replyTo, file
    case participants, messages, sender, isMuted, isRead, conversation, message, post, category, addressees, savedAt

    package var label: String {
        switch self {
        case .format: "Format"
        case .generatedAt: "Gjort"
        case .purposes: "Varför vi har dina uppgifter"
        case .recipients: "Vem som får del av dina uppgifter"
        case .periods: "Hur länge vi sparar dina uppgifter"
        case .sources: "Varifrån uppgifterna kommer"
        case .rights: "Dina rättigheter"
        case .complaint: "Om du vill klaga"
        case .automatedDecisions: "Automatiska beslut"
        case .recipient: "Mottagare"
        case .period: "Hur länge"
        case .right: "Rättighet"
        case .authority: "Myndighet"
        case .email: "E-post"
        case .postalAddress: "Postadress"
        case .member: "Medlemskapet"
        case .fields: "Uppgifter om dig"
        case .erased: "Raderade uppgifter"
        case .consents: "Godkännanden och samtycken"
        case .roles: "Roller"
        case .signIns: "Inloggningar"
        case .securityNotices: "Försök mot kontot"
        case .sessions: "Pågående inloggningar"
        case .knownDevices: "Kända enheter"
        case .visits: "Besök"
        case .threads: "Trådar"
        case .posts: "Inlägg"
        case .staffViews: "När personalen har öppnat dina uppgifter"
        case .corrections: "Begärda rättelser"
        case .decisions: "Beslut och omprövningar"
        case .holds: "Uppgifter som bevaras för en myndighet"
        case .plannedErasures: "Vad som raderas när"
        case .history: "Allt som har hänt med kontot"
        case .mails: "Mejl till dig"
        case .count: "Antal"
        case .outcome: "Utfall"
        case .conversations: "Privata meddelanden"
        case .messageReports: "Meddelanden du har anmält"
        case .blockedMembers: "Medlemmar du inte tar emot meddelanden från"
        case .notifications: "Aviseringar"
        case .watches: "Det du bevakar"
        case .reading: "Vad du har läst"
        case .bookmarks: "Inlägg du har sparat"
        case .drafts: "Dina utkast"
        case .id: "Nummer"
        case .state: "Läge"
        case .signedUpAt: "Anmälde sig"
        case .confirmedAt: "Medlem sedan"
        case .sex: "Kön"
        case .birthDate: "Född"
        case .newsletter: "Vill ha nyhetsbrevet"
        case .field: "Uppgift"
        case .purpose: "Varför den finns"
        case .legalBasis: "Rättslig grund"
        case .retention: "Hur länge den finns kvar"
        case .answer: "Var den står"
        case .values: "Värden"
        case .value: "Värde"
        case .meaning: "Betyder"
        case .status: "Gäller"
        case .source: "Kommer från"
        case .time: "Tid"
        case .actor: "Av"
        case .event: "Händelse"
        case .kind: "Slag"
        case .erasedAt: "Raderat"
        case .eraseBy: "Raderas senast"
        case .details: "Närmare"
        case .version: "Version"
        case .textHash: "Textens kontrollsumma"
        case .formHash: "Formulärets kontrollsumma"
        case .formText: "Så löd frågan"
        case .role: "Roll"
        case .isGranted: "Gavs"
        case .address: "Adress på internet"
        case .device: "Enhet"
        case .signedOutAt: "Loggade ut"
        case .signOutCause: "Hur"
        case .begunAt: "Började"
        case .lastUsedAt: "Användes senast"
        case .visit: "Besökets nummer"
        case .page: "Sida"
        case .referrer: "Kom från"
        case .openedAt: "Startad"
        case .titles: "Rubriker"
        case .title: "Rubrik"
        case .thread: "Tråd"
        case .publishedAt: "Publicerat"
        case .removalReason: "Varför det togs bort"
        case .revisions: "Versioner"
        case .number: "Nummer"
        case .text: "Text"
        case .viewer: "Vem"
        case .reason: "Skäl"
        case .note: "Anteckning"
        case .grounds: "Din motivering"
        case .requestedAt: "Begärd"
        case .comparison: "Jämförelsen"
        case .comparedAt: "Jämförd"
        case .isApproved: "Godkänd"
        case .decidedAt: "Beslutad"
        case .until: "Till"
        case .rule: "Regel"
        case .facts: "Vad som har hänt"
        case .reference: "Myndighet och nummer"
        case .placedAt: "Sedan"
        case .lastDay: "Till och med"
        case .liftedAt: "Hävt"
        case .cases: "Ärenden"
        case .matter: "Slag"
        case .subject: "Ämne"
        case .party: "Din del i ärendet"
        case .closedAt: "Avslutat"
        case .entries: "Vad som har hänt"
        case .target: "Gäller"
        case .points: "Stämde"
        case .messageID: "Mejlets nummer"
        case .replyTo: "Svar önskades till"
        case .file: "Hela mejlet"
        case .participants: "Med"
        case .messages: "Meddelanden"
        case .sender: "Från"
        case .isMuted: "Tystat"
        case .isRead: "Läst"
        case .conversation: "Samtal"
        case .message: "Meddelande"
        case .post: "Inlägg"
        case .category: "Kategori"
        case .addressees: "Till"
        case .savedAt: "Sparat"
        }
    }

    /// Whether the section has many short entries, and is shown as a table.
    var isTable: Bool { ReportKey.tables.contains(self) }

    private static let tables: Set<ReportKey> = [
        .consents, .roles, .signIns, .securityNotices, .sessions, .knownDevices, .visits, .erased, .plannedErasures,
        .history, .mails, .blockedMembers, .notifications, .watches, .reading, .bookmarks, .purposes, .recipients,
        .periods, .sources, .rights,
    ]
}
