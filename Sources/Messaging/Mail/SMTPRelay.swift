import CCurl
import Foundation

/// The submission server that relays the site's mails (RFC 6409).
package struct SMTPRelay: Hashable, Sendable {
    package enum Security: Hashable, Sendable {
        /// STARTTLS is required: a relay that does not offer it is refused.
        case startTLS
        /// TLS from the first byte.
        case tls
        /// Only for a relay on this machine.
        case none
    }

    package struct Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        let user: String
        let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        package var description: String { "(Credentials)" }
        package var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    package let host: String
    package let port: Int
    package let security: Security
    package let credentials: Credentials?
    /// Path of a file with trusted certificates, replacing the system's.
    package let certificates: String?
    /// For one mail, in seconds.
    package let timeout: Int

    package init(
        host: String, port: Int = 587, security: Security = .startTLS, credentials: Credentials? = nil,
        certificates: String? = nil, timeout: Int = 60
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.credentials = credentials
        self.certificates = certificates
        self.timeout = timeout
    }

    /// Sends each mail on a new thread: libcurl blocks while it waits for the relay, which an event loop must not.
    ///
    /// On cancellation a mail not yet sent whole is aborted; a whole one gets five more seconds for the relay's answer.
    package var mailer: Mailer {
        Mailer(handing: { mail, beforeEnd in
            let deadline = ShutdownDeadline()
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                    Thread.detachNewThread {
                        continuation.resume(with: Result { try submit(mail, deadline, beforeEnd) })
                    }
                }
            } onCancel: {
                deadline.begin()
            }
        })
    }

    private func submit(
        _ mail: OutgoingMail, _ deadline: ShutdownDeadline, _ beforeEnd: @escaping Mailer.BeforeEnd
    ) throws(MailFailure) {
        guard let transfer = SMTPTransfer() else { throw .notNow(code: Int(CURLE_OUT_OF_MEMORY.rawValue), reply: 0) }
        let host = host.contains(":") ? "[\(host)]" : host
        transfer.set(
            CURLOPT_URL, "\(security == .tls ? "smtps" : "smtp")://\(host):\(port)/\(mail.from.address.domain)")
        // A proxy from the environment is meant for HTTP.
        transfer.set(CURLOPT_PROXY, "")
        transfer.set(CURLOPT_USE_SSL, Int(security == .none ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue))
        guard transfer.setStrictTLS() else { throw .notNow(code: Int(CURLE_SSL_CIPHER.rawValue), reply: 0) }
        if let certificates { transfer.set(CURLOPT_CAINFO, certificates) }
        if let credentials {
            transfer.set(CURLOPT_USERNAME, credentials.user)
            transfer.set(CURLOPT_PASSWORD, credentials.password)
        }
        transfer.set(CURLOPT_NOSIGNAL, 1)
        transfer.set(CURLOPT_CONNECTTIMEOUT, min(timeout, 20))
        transfer.set(CURLOPT_TIMEOUT, timeout)
        // The reply to QUIT has a separate timeout, two minutes by default.
        transfer.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout)
        transfer.set(CURLOPT_MAIL_FROM, "<\((mail.returnPath ?? mail.from.address).text)>")
        try transfer.send(mail.message(), to: "<\(mail.to.text)>", deadline, beforeEnd)
    }
}
