/// How mail leaves the site and how it comes in.
package struct MailDelivery: Hashable, Sendable {
    package var from = "mikroforetag@example.org"
    package var directory = "./mail"
    package var smtpHost: String?
    package var smtpPort = 587
    package var smtpSecurity = Security.starttls
    package var smtpUser: String?
    package var smtpPasswordFile: String?
    /// The address for delivery reports, extended by a code after a plus sign; nil if none are read.
    package var reportAddress: String?
    /// The maildir into which delivery reports are delivered.
    package var reportDirectory: String?
    /// Maildirs into which the mail of the inboxes is delivered.
    package var incoming: [String] = []

    package init(
        from: String = "mikroforetag@example.org", directory: String = "./mail", smtpHost: String? = nil,
        smtpPort: Int = 587, smtpSecurity: Security = Security.starttls, smtpUser: String? = nil,
        smtpPasswordFile: String? = nil, reportAddress: String? = nil, reportDirectory: String? = nil,
        incoming: [String] = []
    ) {
        self.from = from
        self.directory = directory
        self.smtpHost = smtpHost
        self.smtpPort = smtpPort
        self.smtpSecurity = smtpSecurity
        self.smtpUser = smtpUser
        self.smtpPasswordFile = smtpPasswordFile
        self.reportAddress = reportAddress
        self.reportDirectory = reportDirectory
        self.incoming = incoming
    }

    package enum Security: String, CaseIterable, Sendable {
        case starttls, tls
        /// Plain text, for a relay on this machine only.
        case none
    }
}
