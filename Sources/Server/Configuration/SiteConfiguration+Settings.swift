import Processes
import Site
import Web

extension SiteConfiguration {
    /// Every setting there is. `README.md` shows this table.
    static let settings: [Setting] = [
        Setting("siteName", \.siteName, "The name of the site in header, titles and mails."),
        Setting("host", \.host, "The address to listen on."),
        Setting("port", \.port, "The port to listen on."),
        Setting(
            optional: "baseURL", \.baseURL,
            "Where the site is reached from outside, such as `https://example.org`. Without it: host and port."),
        Setting("data", \.dataDirectory, "The data directory."),
        Setting(
            optional: "keys", \.keysDirectory, "The directory of the keys. Without it: `keys` in the data directory."),
        Setting(
            optional: "anchor.directory", \.anchorDirectory,
            "A directory on another medium, where checkpoint and erasure ledger are kept as well. It must exist."),
        Setting(
            list: "anchor.witnesses", \.witnesses,
            "Witnesses (C2SP tlog-witness) that are asked every hour to cosign the checkpoint: address and key, as `https://witness.example.org name+id+key`."
        ),
        Setting(
            optional: "anchor.timestampURL", \.timestampAuthority,
            "The authority (RFC 3161) that is asked every hour for a time stamp of the checkpoint."),
        Setting("mail.from", \.mail.from, "The sender of mails."),
        Setting(
            "mail.directory", \.mail.directory, "The maildir that mails are put into when there is no `mail.smtp.host`."
        ),
        Setting(optional: "mail.smtp.host", \.mail.smtpHost, "The relay that mails are handed to."),
        Setting("mail.smtp.port", \.mail.smtpPort, "The relay's port."),
        Setting(
            choice: "mail.smtp.security", \.mail.smtpSecurity,
            "`starttls`, `tls` from the first byte, or `none`, which only a relay on this machine may have."),
        Setting(optional: "mail.smtp.user", \.mail.smtpUser, "The user name at the relay."),
        Setting(
            optional: "mail.smtp.passwordFile", \.mail.smtpPasswordFile,
            "The file that holds the password at the relay."),
        Setting(
            optional: "mail.reports.address", \.mail.reportAddress,
            "Where delivery reports are sent, such as `bounce@example.org`; the relay must deliver `bounce+…@example.org` there as well."
        ),
        Setting(
            optional: "mail.reports.directory", \.mail.reportDirectory,
            "The maildir into which mail to `mail.reports.address` is delivered; the site reads and empties it."),
        Setting(
            list: "mail.incoming", \.mail.incoming,
            "Maildirs that the mail to the inboxes is delivered into. The site takes each mail out and makes a case of it."
        ),
        Setting(
            optional: "tls.certificate", \.tls.certificate,
            "A PEM file with the certificate chain, to serve https directly."),
        Setting(optional: "tls.key", \.tls.key, "A PEM file with the certificate's private key."),
        Setting(
            "tls.hstsSubdomains", \.tls.hstsSubdomains,
            "Whether browsers that came by https are told to use it for all subdomains as well: `true` or `false`."),
        Setting(
            list: "trustedProxies", \.trustedProxies,
            "Addresses or ranges of the proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed."),
        Setting(
            "connections.total", \.connections.total,
            "Open connections, all together; never more than three quarters of the file descriptors."),
        Setting(
            "connections.perAddress", \.connections.perAddress,
            "Open connections from one address. Trusted proxies are exempt: through them it limits requests under way of one address."
        ),
        Setting(
            "connections.perNetwork", \.connections.perNetwork, "Open connections from one /64 of IPv6."),
        Setting("controller.name", \.controller.name, "Who is responsible for the site and its personal data."),
        Setting("controller.address", \.controller.address, "The controller's postal address."),
        Setting("controller.email", \.controller.email, "The controller's e-mail address."),
        Setting(
            "controller.organisationNumber", \.controller.organisationNumber, "The controller's organisation number."),
        Setting(
            list: "controller.inboxes", \.controller.inboxes, "Further addresses whose mail ends in the same queue."),
        Setting(optional: "places.data", \.places.data, "Where the machine with the data stands: `Luleå, Sverige`."),
        Setting(optional: "places.keys", \.places.keys, "Where the medium with the keys and the anchor stands."),
        Setting(optional: "places.backups", \.places.backups, "Where the backups are kept."),
        Setting(
            optional: "backups.directory", \.backups,
            "The directory above the backups, where the audit looks for some that are kept for too long."),
        Setting(optional: "places.relay", \.places.relay, "Where the mail relay stands."),
        Setting(
            "signIn.twoFactorForAdministrators", \.twoFactorForAdministrators,
            "Whether administrators must sign in with a code of an app as well: `true` or `false`. Data made by `demo` is exempt."
        ),
        Setting(limit: .read, "Pages that one address may ask for: a number `per minute`, `hour` or `day`, or `off`."),
        Setting(limit: .write, "Forms that one address may send, or one member wherever she is."),
        Setting(limit: .signIn, "Failed attempts to sign in from one address."),
        Setting(
            limit: .signInName, "The same with one name or e-mail address, and with all those of one account together."),
        Setting(
            limit: .signInAccount,
            "Failed attempts with one account from everywhere; beyond it only known devices are let in, and a mail tells its owner."
        ),
        Setting(
            limit: .signInDevice, "Failed attempts with one account from a device that it was signed in on before."),
        Setting(limit: .register, "Registrations from one address."),
        Setting(limit: .mail, "Forms from one address, or one member, that make the site send a mail."),
        Setting(
            limit: .recipient,
            "Mails to one address that forms of others make the site send, in any such span; a third is kept for links to a new password."
        ),
        Setting(limit: .preview, "Texts that one member may see on trial while she writes."),
        Setting(
            limit: .threads,
            "Threads that one member may open. No limit of writing holds for moderators and administrators."),
        Setting(limit: .posts, "Posts that one member may write or change."),
        Setting(limit: .conversations, "Conversations that one member may begin."),
        Setting(limit: .messages, "Messages that one member may write in conversations."),
        Setting(limit: .reports, "Posts, pages and messages that one member may report."),
        Setting(limit: .cases, "Cases that one member may open, and what she writes in them."),
        Setting(
            "limits.new.days", \.daysAsNew, "For how many days an account is new, and the limits below hold for it."),
        Setting(limit: .newThreads, "Threads of a new account."),
        Setting(limit: .newPosts, "Posts of a new account."),
        Setting(limit: .newConversations, "Conversations of a new account."),
        Setting(limit: .newMessages, "Messages of a new account."),
        Setting(limit: .newReports, "Reports of a new account."),
        Setting(limit: .newCases, "Cases of a new account."),
        Setting(
            optional: "metrics.tokenFile", \.metricsTokenFile,
            "The file with a token that opens `/metrics` from other machines, as `Authorization: Bearer …`."),
        Setting(
            choice: "logLevel", \.logLevel,
            "`trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`. Requests are logged at `info`."),
    ]
}
