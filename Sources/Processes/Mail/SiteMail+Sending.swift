package import Accounts
import Events
package import Messaging

/// How each kind of mail is handled when it is sent.
extension SiteMail {
    struct Traits {
        /// The kind's name on the site's pages.
        let name: String
        let allowance: MailAllowance
        /// Whether it is sent even to an address that has bounced: the recipient asked for the mail and can read it nowhere else. Otherwise
        /// one mistaken report could lock a member out (P-15.2). An answer in a case counts as asked for.
        let isSentToRefusing: Bool
        /// Whether a person wrote it to the recipient: such a mail is not marked as automatic (RFC 3834), and may get an automatic reply.
        let isWrittenByPerson: Bool
        /// Mails to every member use the bulk lane, so that they do not delay a link that a member waits for.
        let lane: Outbox.Lane
        /// The switch by which the recipient stops such mails; nil for mails that cannot be switched off (P-15.1).
        let offSwitch: MailSwitch?

        init(
            _ name: String, _ allowance: MailAllowance = .free, evenIfRefused: Bool = false, byPerson: Bool = false,
            lane: Outbox.Lane = .prompt, stoppedBy offSwitch: MailSwitch? = nil
        ) {
            self.name = name
            self.allowance = allowance
            isSentToRefusing = evenIfRefused
            isWrittenByPerson = byPerson
            self.lane = lane
            self.offSwitch = offSwitch
        }
    }

    var traits: Traits {
        switch self {
        case .confirmAddress: Traits("Bekräfta adressen", .asked, evenIfRefused: true)
        case .numberUsed: Traits("Personnumret användes", .wayIn)
        case .newPassword: Traits("Nytt lösenord", .wayIn, evenIfRefused: true)
        case .passwordChanged: Traits("Lösenordet byttes")
        case .signInsHeldBack: Traits("Försök att gissa lösenordet")
        case .securityNoticed: Traits("Säkerheten behöver ses över")
        case .usernameChanged: Traits("Användarnamnet byttes")
        case .sessionsEnded: Traits("Utloggad av en administratör")
        case .confirmNewAddress: Traits("Bekräfta ny adress", .asked, evenIfRefused: true)
        case .addressChanged: Traits("Adressen byttes", evenIfRefused: true)
        case .addressChangeUndone: Traits("Adressbytet ångrades")
        case .accountCompromised: Traits("Kontot spärrades", evenIfRefused: true)
        case .accountCompromisedPrevious: Traits("Kontot spärrades", evenIfRefused: true)
        case .twoFactorEnabled: Traits("Tvåstegsinloggning slogs på")
        case .twoFactorDisabled: Traits("Tvåstegsinloggning stängdes av")
        case .recoveryCodesMade: Traits("Nya återställningskoder")
        case .recoveryCodeUsed: Traits("Återställningskod användes")
        case .wrongCodes: Traits("Fel koder vid inloggning")
        case .twoFactorResetProposed: Traits("Tvåstegsinloggning kan återställas", evenIfRefused: true)
        case .twoFactorReset: Traits("Tvåstegsinloggning återställdes", evenIfRefused: true)
        case .correctionDecided: Traits("Rättelse avgjord")
        case .closed: Traits("Kontot avslutades")
        case .closedToPrevious: Traits("Kontot avslutades")
        case .closedForBreach: Traits("Kontot avslutades", byPerson: true)
        case .deactivated: Traits("Kontot stängdes av", byPerson: true)
        case .duplicateEnded: Traits("Kontot avslutades")
        case .restoreLink: Traits("Länk för att återskapa kontot", .wayIn, evenIfRefused: true)
        case .restored: Traits("Kontot återskapades")
        case .restoredToPrevious: Traits("Kontot återskapades")
        case .appealRejected: Traits("Omprövning avslogs", byPerson: true)
        case .unusedWarned: Traits("Kontot används inte")
        case .purgeAnnounced: Traits("Kontot raderas snart")
        case .purged: Traits("Kontot raderades")
        case .reviewApproved: Traits("Registreringen kontrollerades")
        case .reviewRejected: Traits("Registreringen kontrollerades")
        case .policyChanged: Traits("Integritetspolicyn ändras", lane: .bulk)
        case .termsChanged: Traits("Medlemsvillkoren ändras", lane: .bulk)
        case .newsletter: Traits("Nyhetsbrev", lane: .bulk, stoppedBy: .newsletter)
        case .newsletterTest: Traits("Nyhetsbrev, på prov")
        case .caseReceipt: Traits("Kvitto på ärende", .askedByStranger)
        case .caseTrouble: Traits("Mejl till ett ärende kom inte fram helt", .askedByStranger)
        case .caseReplied: Traits("Svar i ärende", evenIfRefused: true, byPerson: true)
        case .caseDecided: Traits("Beslut i ärende", evenIfRefused: true, byPerson: true)
        case .caseExtended: Traits("Ärende tar längre tid", evenIfRefused: true, byPerson: true)
        case .caseEnded: Traits("Ärende avslutat", evenIfRefused: true)
        case .disputeOpened: Traits("Tvist öppnad")
        case .caseDue: Traits("Fråga väntar på svar")
        case .reportsWaiting: Traits("Något anmält väntar på beslut")
        case .textRemoved: Traits("Något togs bort ur forumet")
        case .textReinstated: Traits("Ett inlägg återställdes")
        case .newMessage: Traits("Nytt privat meddelande", stoppedBy: .kind(.privateMessage))
        case .newReply: Traits("Nytt svar", stoppedBy: .kind(.reply))
        case .newMention: Traits("Nämnd i forumet", stoppedBy: .kind(.mention))
        case .newQuote: Traits("Citerad i forumet", stoppedBy: .kind(.quote))
        case .newWatched: Traits("Nytt i något bevakat", stoppedBy: .kind(.watched))
        case .digest: Traits("Dagens mejl om det nya", stoppedBy: .daily)
        }
    }

    package var swedish: String { traits.name }

    /// The kind that a member can switch off; nil for mails that cannot be switched off, and for those with a switch of another sort.
    package var kind: MailKind? {
        guard case .kind(let kind) = traits.offSwitch else { return nil }
        return kind
    }

    /// The name used in the log.
    package var name: MailName {
        guard let name = MailName(rawValue: rawValue) else { preconditionFailure("\(rawValue) is no name for a mail") }
        return name
    }

    /// The header that marks a mail as automatic; none if a person wrote it.
    /// - Parameter isAnswer: whether the mail answers a mail.
    func submission(isAnswer: Bool) -> [MailHeader] {
        traits.isWrittenByPerson ? [] : isAnswer ? [.autoReplied] : [.autoGenerated]
    }
}

/// Whether a kind of mail counts against the number of mails that strangers can cause to one address.
enum MailAllowance: Sendable {
    /// The address was typed, or made use of, by someone who may not be its owner.
    case asked
    /// The same, unless the recipient's own session asked for it.
    case askedByStranger
    /// As `asked`, but possibly the owner's only way to sign in: part of the limit is reserved for it.
    case wayIn
    /// Caused by the recipient's own session, the staff or the site itself, or subscribed to by the recipient.
    case free
}

extension SiteMail {
    /// - Parameter actor: the actor of the event that asked for the mail.
    func allowance(askedBy actor: Actor, to recipient: MemberID) -> MailAllowance {
        guard case .askedByStranger = traits.allowance else { return traits.allowance }
        return actor == .member(recipient) ? .free : .asked
    }
}

/// Mail that a member can switch off, on the site or by the link in a mail.
package enum MailSwitch: Hashable, Sendable {
    case kind(MailKind)
    /// All kinds that the member gets once a day when she switches it off.
    case daily
    case newsletter

    package static let all: [MailSwitch] = [.newsletter, .daily] + MailKind.allCases.map(MailSwitch.kind)

    /// The encoding in an unsubscribe token.
    package var code: String {
        switch self {
        case .kind(let kind): kind.rawValue
        case .daily: "daily"
        case .newsletter: "newsletter"
        }
    }

    package init?(code: String) {
        guard let found = MailSwitch.all.first(where: { $0.code == code }) else { return nil }
        self = found
    }

    /// Completes “Du får inte längre …”.
    package var swedish: String {
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
