import Events
import Foundation
package import Messaging

extension Mailer {
    /// The configured SMTP relay, or the maildir if there is none.
    package init(_ delivery: MailDelivery) throws {
        guard let host = delivery.smtpHost else {
            let maildir = Maildir(at: delivery.directory)
            try maildir.create()
            self = maildir.mailer
            return
        }
        let security: SMTPRelay.Security =
            switch delivery.smtpSecurity {
            case .starttls: .startTLS
            case .tls: .tls
            case .none: .none
            }
        self =
            SMTPRelay(
                host: host, port: delivery.smtpPort, security: security,
                credentials: try SMTPRelay.Credentials(delivery)
            ).mailer
    }
}

extension SMTPRelay.Credentials {
    fileprivate init?(_ delivery: MailDelivery) throws {
        guard let user = delivery.smtpUser, let file = delivery.smtpPasswordFile else { return nil }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw ConfigurationError("mail.smtp.passwordFile: the file \(file) cannot be read")
        }
        self.init(user: user, password: text.trimmingCharacters(in: .newlines))
    }
}

extension MailDelivery {
    /// The address that mails are sent from.
    package var sender: MailAddress {
        get throws {
            guard let address = MailAddress(from) else {
                throw ConfigurationError("mail.from must be one address, such as info@example.org")
            }
            return address
        }
    }

    /// The address for delivery reports; nil if none are read.
    package var reports: MailAddress? {
        get throws {
            guard let reportAddress else { return nil }
            // The code takes 27 of the 64 characters that a local part may have.
            guard let address = MailAddress(reportAddress), address.isASCII, address.localPart.utf8.count <= 37 else {
                throw ConfigurationError(
                    "mail.reports.address must be one address with a name of at most 37 characters, such as bounce@example.org"
                )
            }
            return address
        }
    }
}
