import Events
import Logging
import Processes
import Site
import Web

/// The configuration of a site. Every default works on a local machine; the names in it are fictional.
struct SiteConfiguration: Sendable {
    var siteName = "Mikroföretag"
    var host = "127.0.0.1"
    var port = 8080
    /// Where the site is reached from outside; nil means at `host` and `port`.
    var baseURL: BaseURL?
    var dataDirectory = "./data"
    /// Nil means `keys` in the data directory.
    var keysDirectory: String?
    /// On another medium than data and keys; nil means none.
    var anchorDirectory: String?
    /// The witnesses that are asked every hour to cosign the log's head.
    var witnesses: [Witness] = []
    /// Where a time stamp of the log's head is requested.
    var timestampAuthority: WebAddress?
    var mail = MailDelivery()
    var places = StorageWords()
    /// The directory above the backups, which the audit looks into.
    var backups: String?
    var tls = TLSFiles()
    var trustedProxies: [AddressRange] = []
    var controller = Controller()
    /// Whether administrators need two-factor sign-in. Data made by `demo` is exempt.
    var twoFactorForAdministrators = true
    var limits = RateLimit.standard
    var connections = ConnectionLimits()
    /// Nil: `/metrics` answers on this machine only.
    var metricsTokenFile: String?
    /// How many days an account counts as new.
    var daysAsNew = 7
    var logLevel = Logger.Level.info

    var keys: String { keysDirectory ?? dataDirectory + "/keys" }

    var servesTLS: Bool { tls.certificate != nil }

    /// Checks the constraints between settings.
    func check() throws(ConfigurationError) {
        guard (0...65_535).contains(port), (1...65_535).contains(mail.smtpPort) else {
            throw ConfigurationError("port and mail.smtp.port are numbers up to 65535")
        }
        guard connections.total > 0, connections.perAddress > 0, connections.perNetwork > 0 else {
            throw ConfigurationError("connections.total, perAddress and perNetwork are numbers from 1")
        }
        guard (tls.certificate == nil) == (tls.key == nil) else {
            throw ConfigurationError("tls.certificate and tls.key go together: give both or neither")
        }
        guard (mail.smtpUser == nil) == (mail.smtpPasswordFile == nil) else {
            throw ConfigurationError("mail.smtp.user and mail.smtp.passwordFile go together: give both or neither")
        }
        guard (mail.reportAddress == nil) == (mail.reportDirectory == nil) else {
            throw ConfigurationError(
                "mail.reports.address and mail.reports.directory go together: give both or neither")
        }
        if let smtpHost = mail.smtpHost, mail.smtpSecurity == .none,
            smtpHost != "localhost", ClientAddress(smtpHost)?.isLoopback != true
        {
            throw ConfigurationError("mail.smtp.security may be none only when mail.smtp.host is this machine")
        }
        guard servesTLS ? effectiveBaseURL?.isSecure == true : effectiveBaseURL != nil else {
            throw ConfigurationError("baseURL does not fit host and tls: say how the site is reached from outside")
        }
    }

    /// The base URL of links in mails.
    var effectiveBaseURL: BaseURL? {
        if let baseURL { return baseURL }
        let isStandard = port == (servesTLS ? 443 : 80)
        let host = host.contains(":") ? "[\(host)]" : host
        return BaseURL("\(servesTLS ? "https" : "http")://\(host)\(isStandard ? "" : ":\(port)")")
    }
}
