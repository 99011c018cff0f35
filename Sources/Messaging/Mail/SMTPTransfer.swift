import CCurl
import Foundation

/// One libcurl transfer, created, used and freed on one thread.
struct SMTPTransfer: ~Copyable {
    private let handle: UnsafeMutableRawPointer

    /// Initialised once per process, before the first transfer.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?() {
        guard SMTPTransfer.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ text: String) { _ = ccurl_set_string(handle, option, text) }

    func set(_ option: CURLoption, _ number: Int) { _ = ccurl_set_long(handle, option, number) }

    /// - Returns: false when this libcurl does not support the setting; then nothing may be sent with it.
    func setStrictTLS() -> Bool { ccurl_set_strict_tls(handle) == CURLE_OK }

    func send(
        _ message: [UInt8], to recipient: String, _ deadline: ShutdownDeadline, _ beforeEnd: @escaping Mailer.BeforeEnd
    ) throws(MailFailure) {
        let recipients = curl_slist_append(nil, recipient)
        defer { curl_slist_free_all(recipients) }
        _ = ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        let source = MessageSource(message, deadline, beforeEnd)
        let context = Unmanaged.passUnretained(source).toOpaque()
        _ = ccurl_set_read(handle, readMessage, context)
        _ = ccurl_set_progress(handle, isOver, context)
        set(CURLOPT_UPLOAD, 1)
        let result = withExtendedLifetime(source) { curl_easy_perform(handle) }
        // libcurl sends QUIT in `deinit`, when `source` is already freed: the progress callback must not run then.
        set(CURLOPT_NOPROGRESS, 1)
        guard result != CURLE_OK else { return }
        if result == CURLE_ABORTED_BY_CALLBACK { hangUp() }
        throw failure(result, wholeMailWasSent: source.isExhausted)
    }

    /// Closes the socket so that no QUIT is sent: a relay that is already silent would delay that as well.
    private func hangUp() {
        var socket: Int32 = -1
        guard ccurl_get_socket(handle, &socket) == CURLE_OK, socket >= 0 else { return }
        shutdown(socket, Int32(SHUT_RDWR))
    }

    private func failure(_ result: CURLcode, wholeMailWasSent: Bool) -> MailFailure {
        var reply = 0
        _ = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &reply)
        // The one crash window of SMTP: after the end-of-data marker, before the reply to it.
        if wholeMailWasSent, !(400..<600).contains(reply) { return .uncertain(code: Int(result.rawValue)) }
        // A failure while connecting, encrypting or signing in concerns the relay or the configuration, not the mail.
        let isAboutMail = result == CURLE_SEND_ERROR || result == CURLE_WEIRD_SERVER_REPLY
        return isAboutMail && (500..<600).contains(reply)
            ? .refused(reply: reply) : .notNow(code: Int(result.rawValue), reply: reply)
    }
}

/// The message that libcurl reads through the callbacks.
private final class MessageSource {
    private let message: [UInt8]
    private var offset = 0
    /// Whether libcurl was told that no more data follows: only then does it send the end-of-data marker.
    private(set) var isExhausted = false

    private let deadline: ShutdownDeadline
    private let beforeEnd: Mailer.BeforeEnd

    init(_ message: [UInt8], _ deadline: ShutdownDeadline, _ beforeEnd: @escaping Mailer.BeforeEnd) {
        self.message = message
        self.deadline = deadline
        self.beforeEnd = beforeEnd
    }

    /// Whether to abort: at once for a mail not yet sent whole, five seconds after shutdown began for a whole one.
    var isOver: Bool { deadline.isOver(afterAMoment: isExhausted) }

    func read(into buffer: UnsafeMutablePointer<CChar>, atMost limit: Int) -> Int {
        let count = min(limit, message.count - offset)
        if count == 0, !isExhausted {
            // If `beforeEnd` fails, the end-of-data marker is not sent and the relay discards the mail.
            guard (try? beforeEnd()) != nil else { return Int(CURL_READFUNC_ABORT) }
            isExhausted = true
        }
        message.withUnsafeBytes { bytes in
            guard count > 0, let start = bytes.baseAddress else { return }
            memcpy(buffer, start + offset, count)
        }
        offset += count
        return count
    }
}

private func isOver(_ context: UnsafeMutableRawPointer?, _: Int, _: Int, _: Int, _: Int) -> Int32 {
    guard let context else { return 0 }
    return Unmanaged<MessageSource>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
}

private func readMessage(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return 0 }
    return Unmanaged<MessageSource>.fromOpaque(context).takeUnretainedValue().read(into: buffer, atMost: size * count)
}
