import Accounts
import Events
import Messaging

/// How each kind of mail is treated on its way out.
extension SiteMail {
    /// As the log knows it.
    var name: MailName {
        guard let name = MailName(rawValue: rawValue) else { preconditionFailure("\(rawValue) is no name for a mail") }
        return name
    }

    /// What its recipient can switch off to have no more of them; nil for mails that have to arrive (P-15.1).
    var offSwitch: MailSwitch? {
        if let kind { return .kind(kind) }
        if self == .digest { return .daily }
        return self == .newsletter ? .newsletter : nil
    }

    /// What goes to every member hinders nobody who waits for a link.
    var lane: Outbox.Lane { [.newsletter, .policyChanged, .termsChanged].contains(self) ? .bulk : .prompt }

    /// Goes to an address from which mail has come back all the same: whoever asks for it reads it there, or nowhere. Without such mails, one
    /// mistaken report could lock somebody out (P-15.2). An answer in a case is asked for as well.
    var isSentToRefusing: Bool {
        switch self {
        case .confirmAddress, .newPassword, .confirmNewAddress, .addressChanged, .accountCompromised,
            .accountCompromisedPrevious, .twoFactorResetProposed, .twoFactorReset, .wayBack, .caseReplied, .caseDecided,
            .caseExtended:
            true
        case .twoFactorEnabled, .twoFactorDisabled, .recoveryCodesMade, .recoveryCodeUsed, .wrongCodes,
            .numberUsed, .passwordChanged, .signInsHeldBack, .usernameChanged, .sessionsEnded, .addressChangeUndone,
            .correctionDecided, .closed,
            .closedToPrevious, .closedForBreach, .deactivated, .restored, .restoredToPrevious, .appealRejected,
            .unusedWarned, .purgeAnnounced, .purged, .reviewApproved, .reviewRejected, .newsletter, .newsletterTest,
            .policyChanged, .termsChanged, .caseReceipt, .caseTrouble, .disputeOpened, .caseDue, .textRemoved,
            .textReinstated, .newMessage, .newReply,
            .newMention, .newQuote, .newWatched, .digest, .reportsWaiting:
            false
        }
    }

    /// For whoever reads about it on the site.
    var swedish: String {
        switch self {
        case .confirmAddress: "Bekräfta adressen"
        case .numberUsed: "Personnumret användes"
        case .newPassword: "Nytt lösenord"
        case .passwordChanged: "Lösenordet byttes"
        case .signInsHeldBack: "Försök att gissa lösenordet"
        case .usernameChanged: "Användarnamnet byttes"
        case .sessionsEnded: "Utloggad av en administratör"
        case .confirmNewAddress: "Bekräfta ny adress"
        case .addressChanged: "Adressen byttes"
        case .addressChangeUndone: "Adressbytet ångrades"
        case .accountCompromised, .accountCompromisedPrevious: "Kontot spärrades"
        case .twoFactorEnabled: "Tvåstegsinloggning slogs på"
        case .twoFactorDisabled: "Tvåstegsinloggning stängdes av"
        case .recoveryCodesMade: "Nya återställningskoder"
        case .recoveryCodeUsed: "Återställningskod användes"
        case .wrongCodes: "Fel koder vid inloggning"
        case .twoFactorResetProposed: "Tvåstegsinloggning kan återställas"
        case .twoFactorReset: "Tvåstegsinloggning återställdes"
        case .correctionDecided: "Rättelse avgjord"
        case .closed, .closedToPrevious, .closedForBreach: "Kontot avslutades"
        case .deactivated: "Kontot stängdes av"
        case .wayBack: "Länk för att återskapa kontot"
        case .restored, .restoredToPrevious: "Kontot återskapades"
        case .appealRejected: "Omprövning avslogs"
        case .unusedWarned: "Kontot används inte"
        case .purgeAnnounced: "Kontot raderas snart"
        case .purged: "Kontot raderades"
        case .reviewApproved, .reviewRejected: "Registreringen kontrollerades"
        case .caseReceipt: "Kvitto på ärende"
        case .caseTrouble: "Mejl till ett ärende kom inte fram helt"
        case .caseReplied: "Svar i ärende"
        case .caseDecided: "Beslut i ärende"
        case .caseExtended: "Ärende tar längre tid"
        case .disputeOpened: "Tvist öppnad"
        case .caseDue: "Fråga väntar på svar"
        case .reportsWaiting: "Något anmält väntar på beslut"
        case .textRemoved: "Något togs bort ur forumet"
        case .textReinstated: "Ett inlägg återställdes"
        case .newMessage: "Nytt privat meddelande"
        case .newReply: "Nytt svar"
        case .newMention: "Nämnd i forumet"
        case .newQuote: "Citerad i forumet"
        case .newWatched: "Nytt i något bevakat"
        case .digest: "Dagens mejl om det nya"
        case .newsletter: "Nyhetsbrev"
        case .newsletterTest: "Nyhetsbrev, på prov"
        case .policyChanged: "Integritetspolicyn ändras"
        case .termsChanged: "Medlemsvillkoren ändras"
        }
    }
}

/// Whether mails of a kind count against what strangers may make the site send to one address.
enum MailAllowance: Sendable {
    /// Somebody typed the address, or an address was made use of by somebody who is not its owner.
    case asked
    /// The same, but it may be the only way in for the owner: a part of the allowance is kept for it.
    case wayIn
    /// An act of the recipient's own session, of the staff, of the site itself, or something that she has chosen to hear of.
    case free
}

extension SiteMail {
    /// - Parameter actor: whose act asked for the mail.
    func allowance(askedBy actor: Actor, to recipient: MemberID) -> MailAllowance {
        switch self {
        case .confirmAddress, .confirmNewAddress: .asked
        case .caseReceipt, .caseTrouble: actor == .member(recipient) ? .free : .asked
        case .newPassword, .wayBack, .numberUsed: .wayIn
        case .twoFactorEnabled, .twoFactorDisabled, .recoveryCodesMade, .recoveryCodeUsed, .wrongCodes,
            .twoFactorResetProposed, .twoFactorReset, .passwordChanged, .signInsHeldBack, .usernameChanged,
            .sessionsEnded,
            .addressChanged, .addressChangeUndone,
            .accountCompromised, .accountCompromisedPrevious, .correctionDecided, .closed, .closedToPrevious,
            .closedForBreach, .deactivated, .restored, .restoredToPrevious, .appealRejected, .unusedWarned,
            .purgeAnnounced, .purged, .reviewApproved, .reviewRejected, .policyChanged, .termsChanged, .newsletter,
            .newsletterTest, .caseReplied, .caseDecided, .caseExtended, .disputeOpened, .caseDue, .textRemoved,
            .textReinstated, .newMessage, .newReply, .newMention, .newQuote, .newWatched, .digest, .reportsWaiting:
            .free
        }
    }
}

/// What a member can switch off, on the site or by the link in a mail.
enum MailSwitch: Hashable, Sendable {
    case kind(MailKind)
    /// Whatever she has chosen to hear of once a day, at the moment when she switches it off.
    case daily
    case newsletter

    static let all: [MailSwitch] = [.newsletter, .daily] + MailKind.allCases.map(MailSwitch.kind)

    /// As it stands in a link's token.
    var code: String {
        switch self {
        case .kind(let kind): kind.rawValue
        case .daily: "daily"
        case .newsletter: "newsletter"
        }
    }

    init?(code: String) {
        guard let found = MailSwitch.all.first(where: { $0.code == code }) else { return nil }
        self = found
    }

    /// “Du får inte längre …”
    var swedish: String {
        switch self {
        case .kind(.privateMessage): "mejl om privata meddelanden"
        case .kind(.reply): "mejl om svar i dina trådar"
        case .kind(.mention): "mejl när någon har nämnt dig"
        case .kind(.quote): "mejl när någon har citerat dig"
        case .kind(.watched): "mejl om det som du bevakar"
        case .daily: "dagens mejl om det som är nytt"
        case .newsletter: "vårt nyhetsbrev"
        }
    }
}
