import HTML
import Projections

/// How the site implements each clause of the policy, or what is still missing, in plain Swedish.
extension PolicyClause {
    var words: String {
        switch self {
        case .versions:
            "Alla versioner ligger i arkivet med kontrollsumma. En version börjar gälla på sin dag, och det står i loggen."
        case .acceptance:
            "Policy, villkor och varje samtycke antecknas var för sig, med version, textens kontrollsumma och tid."
        case .changes:
            "En ny version visas så snart den är bestämd, och alla versioner går att jämföra på policyns sida."
        case .majorChanges:
            "Den som måste godkänna en ny text kommer bara åt texterna, sina uppgifter och Avsluta konto. En större ändring mejlas till alla medlemmar."
        case .externalLinks: "Länkar ut är märkta, och inget hämtas från andra webbplatser."
        case .controller: "Den ansvariga står i sidfoten på varje sida och i varje mejl."
        case .visitLog:
            "Besöksloggen har bara de fält som policyn räknar upp, kapar besökares adresser och rensas varje timme."
        case .visitsOfMembers:
            "Besöket får ett nytt nummer vid inloggning och utloggning, så inget knyts till dig bakåt."
        case .registration:
            "En registrering reserverar inget förrän den är bekräftad, och försvinner av sig själv om ingen bekräftar den."
        case .writing:
            "Inlägg, privata meddelanden och ärenden sparas förseglade. En administratör läser bara de meddelanden som har anmälts."
        case .ownDeletion:
            "Det du tar bort döljs genast, går att ångra en tid och raderas sedan med sin nyckel. Det som är anmält sparas tills saken är prövad."
        case .reading:
            "Vad du har läst, sparat och inte skickat blir inga händelser. Det sparas för sig, och anteckningar och utkast är förseglade med en nyckel för varje medlem."
        case .populationRegister: "Skyddad identitet finns. Uppslag i folkbokföringen görs inte än."
        case .registerConsent: "Frågan finns med en egen ruta. Inga uppslag görs än."
        case .purposes: "Varje uppgift och varje sorts händelse är märkt med ändamål, och registret görs av märkningen."
        case .abuse:
            "Inloggningsförsök bromsas, anmälningar avgörs med skäl och kan omprövas, och händelser antecknas. Det som rapporteras i meddelanden följs upp i ärenden."
        case .statistics: "Siffror räknas ihop, och sådant som gäller för få personer slås samman eller utelämnas."
        case .disputeMail: "I en tvist hörs båda, beslutet har skäl, och mejlen om den går inte att välja bort."
        case .registerComparison: "Bara vad en jämförelse visade sparas. Jämförelser med folkbokföringen görs inte än."
        case .cookies:
            "Bara de nödvändiga kakorna används: sessionskakan och, efter inloggning, kakan för kända enheter. Det finns inga andra kakor att välja."
        case .directory: "Sökningen går bara igenom det som den som söker får se."
        case .advertisements: "Det finns ingen annonsplats än, och inget hämtas från Google."
        case .newsletter: "Nyhetsbrevet går bara till den som har svarat ja, och avslutas med ett klick."
        case .noSale: "Ingen roll kan exportera en lista över medlemmarna."
        case .disclosure:
            "Uppgifter kan bevaras för en utredning, om två godkänner det och till en viss dag. En funktion för utlämnande till myndigheter finns inte än."
        case .recipients: "Mottagarna står i policyn. Det finns inget annat sätt för uppgifter att lämna webbplatsen."
        case .municipality:
            "Kommunen syns för inloggade medlemmar, aldrig för besökare, och aldrig vid skyddad identitet."
        case .visibility:
            "Två reglage, avstängda från början. Stänger du av försvinner uppgiften från alla sidor genast."
        case .respect: "Den som sprider andras uppgifter kan anmälas med ett eget skäl."
        case .password: "Lösenord måste vara långa och ovanliga, gissningar bromsas, och du ser var du är inloggad."
        case .compromise:
            "Du kan själv meddela att kontot är kapat, och ångra ett byte av e-postadress så länge som policyn säger."
        case .ownData: "Inställningar visar alla uppgifter, samtycken, inloggningar och vem som har tittat."
        case .ownChanges: "En ny e-postadress måste bekräftas. Namn, personnummer och kön rättas efter begäran."
        case .rectification:
            "Rättelse och radering begärs i ärenden med svarstid. Ett inlägg, ett anmält meddelande eller ett ärende kan raderas för sig."
        case .storage:
            "Personuppgifter i loggen är krypterade, sidornas underlag och besöksloggen är det inte. Administrationen har en lista över varje plats där något sparas."
        case .secrets: "Varje personnummer är krypterat under en egen nyckel, och gamla lösenord raderas när de byts."
        case .mailChoices: "Valet prövas när mejlet skickas, och vad som blev av varje mejl står i loggen."
        case .mailDefaults:
            "Utan ja skickas ingen reklam, och meddelandets text står aldrig i mejlet. Adresser som inte tar emot mejl får inga fler."
        case .closing: "Du slutar när du vill, ser vad som händer först, och loggas ut överallt."
        case .hiddenAtClosing: "Från nästa sidvisning står det Tidigare medlem överallt."
        case .erasure:
            "När tiden är ute förstörs nycklarna, och ett kvitto visar det. Radering går före allt annat arbete."
        case .breach:
            "Den som stängs av får skälen och kan begära omprövning. Säger policyn att oanvända konton avslutas varnas de först."
        case .soonest: "Allt med en egen tid gallras varje timme, och det går att se att inget blir kvar."
        case .restoring:
            "Kontot återskapas via den registrerade adressen, och ett upptaget personnummer avslöjas aldrig."
        case .administrationOnly: "Varje gång någon öppnar dolda uppgifter antecknas vem, i vilken roll och varför."
        case .rights:
            "Ett fullständigt registerutdrag finns, och varje rättighet är ett ärende med den svarstid som policyn lovar."
        case .identityProof:
            "Den som inte är inloggad visar vem det är på fyra punkter, och svaret går bara till den registrerade adressen."
        case .contact: "Formuläret och mejlen till våra adresser hamnar i samma kö."
        case .answers: "Varje fråga har en klocka som bara ett svar från en människa stannar."
        }
    }
}

extension InvariantName {
    /// Describes the check.
    var words: String {
        switch self {
        case .versionsBeginOnTheirDay: "Varje version har börjat gälla på sin dag, en gång"
        case .acceptedVersionsWereInForce: "Varje godkännande gäller en version som var i kraft, med rätt text"
        case .membersAcceptedBothTexts: "Ingen har blivit medlem utan att godkänna båda texterna"
        case .consentsAreOnesOwn: "Varje samtycke har getts av medlemmen själv"
        case .nobodyWritesBeforeAccepting: "Ingen har skrivit som först måste godkänna en ny text"
        case .visitsGo: "Besöksloggen har ingen rad som är för gammal"
        case .signUpsLapse: "Obekräftade registreringar försvinner i tid"
        case .namesHaveOneHolder: "Namn, adress och personnummer hör till en medlem var"
        case .staffReadOnlyReported: "Bara anmälda meddelanden har öppnats av administrationen"
        case .deletedTextsGo: "Det som medlemmar har tagit bort raderas i tid, och inte för tidigt"
        case .legalHoldPreventsErasure: "Inget har raderats medan det bevarades"
        case .shownOnlyWithConsent: "Namn, ålder och kön visas bara med samtycke"
        case .compromisedNeedNewPassword: "Ingen har loggat in på ett kapat konto utan nytt lösenord"
        case .replacedAddressesGo: "Utbytta e-postadresser släpps i tid"
        case .correctionsAreDecidedFirst: "Rättelser har bara gjorts efter en godkänd begäran"
        case .replacedKeysAreDestroyed: "Utbytta huvudnycklar förstörs i tid"
        case .replacedPasswordsAreErased: "Utbytta lösenord och andra faktorer är raderade"
        case .mailsFollowChoices: "Inget mejl har skickats som mottagaren hade stängt av"
        case .onlyMembersSignIn: "Bara medlemmar har loggat in"
        case .onlyMembersWrite: "Bara medlemmar har skrivit eller läst meddelanden, och ingen efter att ha slutat"
        case .formerMembersAreHidden: "Ingen som har slutat visas på sidorna"
        case .closedAccountsAreErased: "Avslutade konton raderas i tid, och inte för tidigt"
        case .erasuresAreAnnounced: "Den som ska raderas påminns i tid"
        case .erasuresAreCompleted: "Varje radering är slutförd inom ett dygn"
        case .nothingAfterErasure: "Inget har skrivits om någon som är raderad"
        case .decisionsHaveReasons: "Varje stängning för regelbrott har skäl"
        case .nobodyReturnsFromBreachAlone: "Ingen har själv återskapat ett konto som stängts för regelbrott"
        case .unusedAccountsAreWarned: "Oanvända konton har varnats innan de avslutades"
        case .unreturnedAccountsAreClosed: "Avstängda konton som ingen kommit tillbaka till räknas som avslutade i tid"
        case .holdsTakeTwo: "Bevaranden godkänns av en andra person"
        case .holdsEnd: "Bevaranden upphör i tid"
        case .signInDetailsGo: "Uppgifter om inloggningar raderas i tid"
        case .restoredInTime: "Inget konto har återskapats efter sin tid"
        case .duplicatesEnd: "Konton vars personnummer hör till ett annat konto avslutas i tid"
        case .numbersMoveByProof: "Inget konto har fått ett personnummer utan prövning"
        case .majorChangesAreMailed: "En större ändring har mejlats till alla medlemmar, eller så står det varför inte"
        case .readingIsNoEvent: "Inget i loggen säger vad någon har läst"
        case .eventsHaveAPurpose: "Varje händelse har ett ändamål i registret"
        case .nobodyJudgesOwnMatter: "Ingen har beslutat i sin egen sak eller prövat sitt eget beslut"
        case .removalsAreCases: "Inlägg har bara tagits bort efter ett beslut i ett ärende"
        case .caseMailsAreNeverSwitchedOff: "Inget mejl om ett ärende har valts bort"
        case .newslettersFollowAYes: "Nyhetsbrevet har bara gått till dem som har sagt ja"
        case .numbersAreShownWithCare: "Personnummer har bara visats för dem som handlägger dem"
        case .keysAreReplaced: "Huvudnycklarna byts så ofta som policyn säger"
        case .numbersAreSealed: "Inget personnummer står i klartext i loggen"
        case .mailsReachMembersOnly: "Mejl som går att välja bort har bara gått till medlemmar"
        case .visitorsAreTruncated: "Besökares adresser är kapade, och bara det som policyn räknar upp sparas"
        case .visitsAreNotStitched: "Inget besök knyts till någon som inte var inloggad"
        case .readingBelongsToMembers: "Det som är läst, sparat och inte skickat hör till medlemmar och gallras i tid"
        case .searchKnowsWhatIsShown: "Sökningen bland medlemmar känner bara till det som visas"
        case .municipalityStaysHidden: "Ingen kommun visas som är raderad eller återtagen"
        case .viewsForgetTheErased: "Sidornas underlag har ingen raderad text och visar ingen borttagen"
        case .erasedKeysAreGone: "Det finns ingen nyckel till något som är raderat"
        case .filesForgetTheErased: "Inga länkar, enheter eller väntande mejl finns kvar om någon raderad"
        case .sessionsAreOfMembers: "Varje inloggning hör till en medlem"
        case .viewsHoldNoNumber: "Sidornas underlag har inga personnummer utanför medlemmars egna texter"
        case .backupsGo: "Ingen säkerhetskopia sparas för länge"
        case .storesAreListed: "Det finns inga andra filer än de som listan över lagring tar upp"
        case .questionsAreAnswered: "Varje fråga har besvarats i tid, också innan ärendet avslutades"
        case .chosenTextsGo: "Texter som skulle raderas med kontot är raderade"
        case .closedCasesGo: "Avslutade ärenden och avgjorda rättelser raderas i tid"
        case .unusedAccountsAreClosed: "Oanvända konton avslutas i tid, efter varningarna"
        case .correctionsAreDecidedInTime: "Varje begäran om ändrade uppgifter har avgjorts i tid"
        case .rectificationsAreDecidedInTime: "Varje begäran om rättelse eller radering har avgjorts i tid"
        case .rightsAreDecidedInTime: "Varje begäran om andra rättigheter har avgjorts i tid"
        case .requestsAreIdentified: "Ingen begäran har beviljats utan att det är klart vem som begärde"
        case .waitingCasesEnd: "Inget ärende väntar hur länge som helst på svar från den som frågade"
        case .viewingsAreJustified: "Varje öppning av uppgifter har skett i rätt roll och med skäl"
        }
    }
}

extension ClauseVerdict.Kind {
    /// The verdict in one word, the same on every page.
    var swedish: String {
        switch self {
        case .proved: "Bevisat"
        case .attested: "Intygat av tester"
        case .notChecked: "Inte kontrollerat"
        case .broken: "Följs inte"
        }
    }

    /// What the word means.
    var explained: String {
        switch self {
        case .proved: "Kontrollerna har gått igenom allt som finns sparat om saken och inte hittat något fel."
        case .attested: "Inget som sparas kan visa det. Tester av programmet intygar det."
        case .notChecked: "Något saknas för att det ska gå att kontrollera, eller så är funktionen inte byggd än."
        case .broken: "En kontroll har hittat något som inte stämmer."
        }
    }
}

extension UncheckedReason {
    var swedish: String {
        switch self {
        case .notBuilt: "Det som klausulen handlar om finns inte i programmet än."
        case .missing(.backups): "Programmet vet inte var säkerhetskopiorna ligger (inställningen backups.directory)."
        case .missing(let place): "\(place.file) saknas, går inte att läsa eller är nyare än loggen."
        case .daysWithoutVerdict(let days):
            "Vad som fanns vid sidan av loggen kontrollerades inte under \(SwedishNumber.counted(days, "dag", "dagar"))."
        case .unreadableEvents: "Loggen har händelser som programmet inte kan läsa."
        case .notPlanted: "Inget planterat fel visar att kontrollen kan slå till."
        }
    }
}
