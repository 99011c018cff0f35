/// The site's map: every address it answers, as the route table and the request log name it.
enum Route: String, CaseIterable, Sendable {
    case start = "/"
    case forum = "/forum"
    case category = "/forum/{category}"
    case newThread = "/forum/{category}/ny"
    case categoryFeed = "/forum/{category}/feed.atom"
    case thread = "/trad/{id}"
    case titledThread = "/trad/{id}/{slug}"
    case reply = "/trad/{id}/svara"
    case retitleThread = "/trad/{id}/rubrik"
    case moderateThread = "/trad/{id}/moderera"
    case eraseTitle = "/trad/{id}/radera-rubriken"
    case post = "/inlagg/{id}"
    case editPost = "/inlagg/{id}/andra"
    case erasePost = "/inlagg/{id}/radera"
    case postHistory = "/inlagg/{id}/historik"
    case removePost = "/inlagg/{id}/ta-bort"
    case reinstatePost = "/inlagg/{id}/aterstall"
    case erasePostForGood = "/inlagg/{id}/radera-for-gott"
    case postPreview = "/forhandsgranska"
    case search = "/sok"
    case information = "/information"
    case members = "/medlemmar"
    case member = "/medlem/{id}"
    case conversations = "/meddelanden"
    case newConversation = "/meddelanden/nytt"
    case conversation = "/meddelanden/{id}"
    case leaveConversation = "/meddelanden/{id}/lamna"
    case muteConversation = "/meddelanden/{id}/tysta"
    case blockedMembers = "/meddelanden/blockerade"
    case reportMessage = "/meddelande/{id}/anmal"
    case blockMember = "/medlem/{id}/blockera"
    case notifications = "/aviseringar"
    case notification = "/aviseringar/{position}"
    case readNotifications = "/aviseringar/lasta"
    case liveCounts = "/aviseringar/strom"
    case watchThread = "/trad/{id}/bevaka"
    case watchCategory = "/forum/{category}/bevaka"

    case register = "/registrera"
    case confirm = "/bekrafta/{token}"
    case signIn = "/logga-in"
    case signInCode = "/logga-in/kod"
    case signOut = "/logga-ut"
    case forgottenPassword = "/glomt-losenord"
    case newPassword = "/nytt-losenord/{token}"
    case settings = "/installningar"
    case showNumber = "/installningar/personnummer"
    case changeEmail = "/installningar/epost"
    case changeUsername = "/installningar/anvandarnamn"
    case changeMunicipality = "/installningar/kommun"
    case changePassword = "/installningar/losenord"
    case signInSettings = "/installningar/inloggning"
    case twoFactor = "/installningar/inloggning/tva-steg"
    case confirmTwoFactor = "/installningar/inloggning/tva-steg/bekrafta"
    case disableTwoFactor = "/installningar/inloggning/tva-steg/av"
    case renewRecoveryCodes = "/installningar/inloggning/koder"
    case answerConsent = "/installningar/samtycke"
    case protectIdentity = "/installningar/skyddad-identitet"
    case endSessions = "/installningar/logga-ut"
    case reportCompromise = "/installningar/kapat"
    case requestCorrection = "/installningar/rattelse"
    case accessReport = "/installningar/utdrag"
    case confirmNewEmail = "/bekrafta-epost/{token}"
    case undoEmailChange = "/angra-epostbyte/{token}"
    case acceptTexts = "/godkann"
    case mailPreferences = "/sajtinstallningar"
    case unsubscribe = "/avregistrera/{token}"
    case retryAddress = "/installningar/epost/forsok-igen"
    case newsletterArchive = "/nyhetsbrev"
    case newsletterIssue = "/nyhetsbrev/{id}"
    case rights = "/mina-rattigheter"
    case closeAccount = "/avsluta-konto"
    case wayBack = "/aterskapa"
    case restoreAccount = "/aterskapa/{token}"
    case appeal = "/overklaga/{token}"
    case receipt = "/kvitto/{token}"

    case privacyPolicy = "/integritetspolicy"
    case privacyPolicyVersion = "/integritetspolicy/{version}"
    case privacyPolicyChanges = "/integritetspolicy/andringar"
    case publicConformance = "/integritetspolicy/efterlevnad"
    case memberTerms = "/medlemsvillkor"
    case memberTermsVersion = "/medlemsvillkor/{version}"
    case memberTermsChanges = "/medlemsvillkor/andringar"
    case cookies = "/kakor"
    case accessibility = "/tillganglighet"
    case about = "/om"
    case contact = "/kontakt"
    case report = "/anmal"
    case ownCases = "/arenden"
    case openDispute = "/arenden/tvist"
    case ownCase = "/arenden/{id}"
    case caseByLink = "/arende/{id}/{token}"
    case caseReport = "/arende/{id}/utdrag/{token}"

    case administration = "/admin"
    case moderationQueue = "/admin/ko"
    case staffMembers = "/admin/medlemmar"
    case staffSearch = "/admin/medlemmar/sok"
    case staffFormerMembers = "/admin/medlemmar/avslutade"
    case staffMember = "/admin/medlem/{id}"
    case staffMemberData = "/admin/medlem/{id}/uppgifter"
    case staffClose = "/admin/medlem/{id}/stang"
    case staffDeactivate = "/admin/medlem/{id}/stang-av"
    case staffEndSessions = "/admin/medlem/{id}/logga-ut"
    case staffRestore = "/admin/medlem/{id}/aterskapa"
    case staffHold = "/admin/medlem/{id}/bevara"
    case staffTwoFactor = "/admin/medlem/{id}/tva-steg"
    case staffTwoFactorResets = "/admin/tva-steg"
    case staffAppeals = "/admin/omprovningar"
    case staffAppeal = "/admin/medlem/{id}/omprovning"
    case staffReportedMessages = "/admin/anmalda-meddelanden"
    case staffReportedMessage = "/admin/anmalt-meddelande/{id}"
    case staffReviews = "/admin/registreringar"
    case staffReview = "/admin/registrering/{id}"
    case staffCases = "/admin/arenden"
    case staffCase = "/admin/arende/{id}"
    case staffCaseMail = "/admin/arende/{id}/mejl/{number}"
    case staffCorrections = "/admin/rattelser"
    case staffCorrection = "/admin/rattelse/{id}"
    case staffCategories = "/admin/kategorier"
    case staffCategory = "/admin/kategori/{id}"
    case newsletter = "/admin/nyhetsbrev"
    case newIssue = "/admin/nyhetsbrev/nytt"
    case staffIssue = "/admin/nyhetsbrev/{id}"
    case staffMail = "/admin/mejl"
    case staffPolicy = "/admin/policy"
    case staffPolicyPreview = "/admin/policy/granskning"
    case staffViews = "/admin/vyer"
    case statistics = "/admin/statistik"
    case staffVisits = "/admin/besok"
    case staffRetention = "/admin/gallring"
    case staffStorage = "/admin/lagring"
    case audit = "/revision"
    case auditTrail = "/revision/granskningslogg"
    case auditEvent = "/revision/handelse/{position}"
    case eventProof = "/revision/handelse/{position}/bevis"
    case holds = "/revision/bevaranden"
    case conformance = "/revision/policy"
    case memberTrail = "/revision/medlem/{id}"
    case processing = "/revision/behandlingar"
    case processingExport = "/revision/behandlingar.json"
    case checkpoints = "/revision/kontrollpunkter"

    case checkpoint = "/checkpoint"
    case cosignedCheckpoint = "/checkpoint/bevittnad"
    case stampedCheckpoint = "/checkpoint/tidsstamplad"
    case checkpointTimestamp = "/checkpoint/tidsstampel"
    case tile = "/tile/**"
    case feed = "/feed.atom"
    case sitemap = "/sitemap.xml"
    case robots = "/robots.txt"
    case asset = "/tillgang/{name}"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"

    /// Whether the address itself is a secret: such pages are never cached, indexed or named in a referrer.
    var carriesToken: Bool { rawValue.hasSuffix("{token}") }

    /// Whether it answers a member who has not accepted a new version of the texts yet (P-01.3).
    var isOpenBeforeAccepting: Bool { Route.openBeforeAccepting.contains(self) }

    /// Reading the texts, answering, taking one's data along and leaving; and what visitors need as well.
    private static let openBeforeAccepting: Set<Route> = [
        .acceptTexts, .privacyPolicy, .privacyPolicyVersion, .privacyPolicyChanges, .memberTerms, .memberTermsVersion,
        .memberTermsChanges, .publicConformance, .accessReport, .rights, .closeAccount, .signIn, .signInCode, .signOut,
        .ownCases, .ownCase, .caseByLink, .caseReport,
        .about, .contact, .cookies, .accessibility, .report, .confirm, .forgottenPassword, .newPassword,
        .confirmNewEmail, .undoEmailChange, .wayBack, .restoreAccount, .appeal, .receipt, .unsubscribe,
        .asset, .robots, .sitemap, .checkpoint, .cosignedCheckpoint, .stampedCheckpoint, .checkpointTimestamp, .tile,
        .health, .readiness, .metrics,
    ]

    /// Whether it answers an administrator who has to set up two-factor sign-in first: what is open before accepting the texts, accepting
    /// them, and the setting up.
    var isOpenBeforeTwoFactor: Bool {
        isOpenBeforeAccepting || [.acceptTexts, .twoFactor, .confirmTwoFactor].contains(self)
    }

    /// The path with its places filled in, in order.
    func path(_ values: String...) -> String {
        guard !values.isEmpty else { return rawValue }
        var path: [UInt8] = []
        var next = values.makeIterator()
        var isPlace = false
        for byte in rawValue.utf8 {
            switch byte {
            case UInt8(ascii: "{"):
                isPlace = true
                appendPercentEncoded(next.next() ?? "", to: &path)
            case UInt8(ascii: "}"): isPlace = false
            default: if !isPlace { path.append(byte) }
            }
        }
        return String(decoding: path, as: UTF8.self)
    }
}
