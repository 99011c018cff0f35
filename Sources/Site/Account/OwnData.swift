import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// Everything the site holds about a member, as read for the settings page.
struct OwnData: Sendable {
    let member: MemberID
    let record: OwnRecord
    let account: Account
    /// The number of readable subjects of each kind.
    let subjectCounts: [SubjectKind: Int]
    /// The end of the time in which the last change of address can be undone.
    let undoUntil: Instant?
    /// Nil when there is no hold, or when it must be kept secret.
    let openHold: HoldOrder?
    let views: [OwnView]
    let corrections: [OwnCorrection]
    let today: CalendarDate
    /// When each username that the member gave up while on the staff becomes free again.
    var formerStaffNames: [Instant] = []
    /// The number of cases the member is a party to.
    var cases = 0
    var read = ReadMarkers.none
    /// What she has saved for herself outside the log.
    var saved = SavedCounts()

    /// The order in which readers look for the fields.
    static let order: [PersonalField] = {
        let first: [PersonalField] = [
            .name, .username, .emailAddress, .municipality, .personalIdentityNumber, .sex, .identityProtection,
            .passwordHash,
            .twoFactorSecret, .recoveryCodes,
        ]
        return first + PersonalField.allCases.filter { !first.contains($0) }
    }()

    var all: [PersonalDatum] { OwnData.order.flatMap(data) }

    /// The data of a field; the switch is exhaustive, so a new field does not compile without an answer here (P-12.3).
    func data(of field: PersonalField) -> [PersonalDatum] {
        switch field {
        case .name:
            [datum("Namn", identity?.name.text, .name, action: ("Begär rättelse", .requestCorrection(.name)))]
        case .username:
            [datum("Användarnamn", identity?.username.text, .username, action: ("Ändra", .changeUsername))]
        case .emailAddress: addresses
        case .municipality: [municipality]
        case .personalIdentityNumber:
            [
                PersonalDatum(
                    label: "Personnummer", value: .masked(PersonalIdentityNumber.masked), origin: origin(of: .number),
                    note: "Dolt tills du har skrivit ditt lösenord en gång till.", action: ("Visa", .showNumber)),
                PersonalDatum(
                    label: "Ålder", value: age, origin: origin(of: .number), note: "Räknas ut från personnumret.",
                    action: ("Begär rättelse av personnumret", .requestCorrection(.personalIdentityNumber))),
            ]
        case .sex:
            [
                datum(
                    "Kön", identity?.sex.words, .sex,
                    note: identity?.correctedSex == nil ? "Framgår av personnumret." : nil,
                    action: ("Begär rättelse", .requestCorrection(.sex)))
            ]
        case .identityProtection:
            [
                PersonalDatum(
                    label: "Skyddad identitet",
                    value: .text(account.isProtected ? "Ja. Inget om dig visas eller slås upp." : "Nej"),
                    origin: record.origins[.identityProtection], action: ("Ändra", .protectIdentity))
            ]
        case .passwordHash:
            [
                PersonalDatum(
                    label: "Lösenord", value: .text("Sparat så att ingen kan läsa det"),
                    origin: record.origins[.password], action: ("Byt", .changePassword))
            ]
        case .twoFactorSecret:
            [
                PersonalDatum(
                    label: "Tvåstegsinloggning", value: .text(account.twoFactor == nil ? "Av" : "På"),
                    origin: record.origins[.twoFactor], action: ("Ändra", .signInSettings))
            ]
        case .recoveryCodes:
            account.twoFactor.map { factor in
                [
                    PersonalDatum(
                        label: "Återställningskoder",
                        value: .text("\(SwedishNumber.counted(factor.codesLeft, "kod", "koder")) kvar"),
                        note: "Sparade så att ingen kan läsa dem.", action: ("Gör nya", .renewRecoveryCodes))
                ]
            } ?? []
        case .resetReason:
            record.resetReasons.map {
                PersonalDatum(label: "Skäl att återställa tvåstegsinloggningen", $0.reason.value.value?.text, $0.at)
            }
        case .signInAddress: counted("Adresser från inloggningar och försök", .signIn, "inloggningar")
        case .signInDevice: counted("Enheter från inloggningar och försök", .signIn, "inloggningar")
        case .postBody: [written("Inlägg", .post, "inlägg", "inlägg")]
        case .threadTitle: [written("Rubriker på trådar", .thread, "rubrik", "rubriker")]
        case .caseText:
            cases == 0
                ? []
                : [
                    PersonalDatum(
                        label: "Ärenden", value: .text(SwedishNumber.counted(cases, "ärende", "ärenden")),
                        note: "Det du har skrivit till oss, svaren och besluten.", action: ("Visa ärendena", .ownCases))
                ]
        // Shown in the cases, or in the access report where staff wrote them for internal use.
        case .caseContact, .caseContactName, .caseMailID, .caseMailKey, .caseNote, .caseReasons, .caseReply,
            .caseReplyTo, .caseRule, .caseSubject, .caseTarget,
            .identityVerdict:
            []
        case .messageText:
            [
                PersonalDatum(
                    label: "Privata meddelanden du har skrivit",
                    value: .text(SwedishNumber.counted(subjectCounts[.message] ?? 0, "meddelande", "meddelanden")),
                    action: ("Visa", .conversations()))
            ]
        case .readMarker: [ReadingSection.datum(read)]
        case .bookmark: [saved.datum("Inlägg du har sparat", saved.bookmarks, "inlägg", "inlägg")]
        case .bookmarkNote: [saved.datum("Anteckningar om dem", saved.notes, "anteckning", "anteckningar")]
        case .draftText: [saved.datum("Utkast", saved.drafts, "utkast", "utkast")]
        // The content of a report is with the administration, and in the access report.
        case .messageReport: []
        // A category's texts are the site's, whichever member of staff wrote them.
        case .categoryName, .categorySlug, .categoryDescription, .newsletterSubject, .newsletterBody: []
        case .statementRule:
            record.statements.map { PersonalDatum(label: "Regel i ett beslut", $0.reasons.value.value?.rule, $0.at) }
        case .statementFacts:
            record.statements.map { PersonalDatum(label: "Skäl i ett beslut", $0.reasons.value.value?.facts, $0.at) }
        case .appealText: record.appeals.map { PersonalDatum(label: "Överklagande", $0.text.value.value?.text, $0.at) }
        case .correctedValue: requests("Uppgifter du vill ha rättade")
        case .correctionGrounds: requests("Dina skäl för rättelser")
        case .comparison: requests("Vad jämförelserna visade")
        case .decisionReason: requests("Skälen för besluten om rättelser")
        case .staffNameDigest:
            formerStaffNames.map { end in
                PersonalDatum(
                    label: "Namn du hade i administrationen",
                    value: .text("Sparat så att ingen kan läsa det, till \(SwedishDate.long(end.stockholmDate))"),
                    note: "Så länge kan ingen annan ta namnet, eller ett som liknar det.")
            }
        case .viewingNote:
            views.isEmpty
                ? []
                : [
                    PersonalDatum(
                        label: "Anteckningar om varför någon har tittat",
                        value: .elsewhere(SwedishNumber.counted(views.count, "gång", "gånger"), anchor: "tittat"))
                ]
        case .holdReference:
            openHold.map { hold in
                [
                    PersonalDatum(
                        label: "Radering skjuts upp", value: OwnData.value(hold.reference.value.value?.text),
                        note: "En myndighet har begärt att dina uppgifter sparas.")
                ]
            } ?? []
        }
    }
}

extension OwnData {
    private var identity: Identity? { account.identity.value.value }

    private var age: PersonalDatum.Value {
        OwnData.value(identity.map { "\($0.number.birthDate.wholeYears(until: today)) år" })
    }

    private var addresses: [PersonalDatum] {
        var data = [
            datum("E-postadress", account.email?.value.value?.text, .email, action: ("Ändra", .changeEmail))
        ]
        if let change = account.emailChange, let waiting = change.unconfirmed {
            data.append(
                PersonalDatum(
                    label: "Ny e-postadress", value: OwnData.value(waiting.value.value?.text),
                    origin: .init(source: .oneself, at: change.requestedAt),
                    note: "Gäller när du har öppnat länken som vi mejlade dit."))
        }
        if let previous = account.previousEmail, let undoUntil {
            data.append(
                PersonalDatum(
                    label: "Tidigare e-postadress", value: OwnData.value(previous.email.value.value?.text),
                    note:
                        "Kan ta tillbaka kontot till den \(RelativeTime(undoUntil, now: undoUntil).exact). Sedan raderas den."
                ))
        }
        return data
    }

    private var municipality: PersonalDatum {
        if account.isProtected {
            return PersonalDatum(label: "Kommun", value: .missing("Sparas inte, eftersom din identitet är skyddad"))
        }
        return PersonalDatum(
            label: "Kommun", value: OwnData.value(account.municipality?.value.value?.name),
            origin: record.origins[.municipality],
            action: (account.municipality == nil ? "Ange" : "Ändra", .changeMunicipality))
    }

    /// The latest origin of a fact: its newest approved correction, otherwise the member's own statement.
    private func origin(of fact: OwnRecord.Fact) -> OwnRecord.Origin? {
        let corrected = corrections.lazy.filter { $0.entry.field.fact == fact }.compactMap(\.approvedAt).max()
        return corrected.map { OwnRecord.Origin(source: .correction, at: $0) } ?? record.origins[fact]
    }

    private func datum(
        _ label: String, _ text: String?, _ fact: OwnRecord.Fact, note: String? = nil,
        action: (label: String, page: SiteLink)
    ) -> PersonalDatum {
        PersonalDatum(
            label: label, value: OwnData.value(text), origin: origin(of: fact), note: note, action: action)
    }

    static func value(_ text: String?) -> PersonalDatum.Value { text.map { .text($0) } ?? .missing("Uppgift saknas") }
}

extension Account {
    var isProtected: Bool { identityProtection?.value.value == .protected }
}

extension CorrectedField {
    fileprivate var fact: OwnRecord.Fact {
        switch self {
        case .name: .name
        case .sex: .sex
        case .personalIdentityNumber: .number
        }
    }
}
