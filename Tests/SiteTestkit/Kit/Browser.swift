import Events
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A browser without JavaScript: it keeps cookies, and sends the hidden fields of the form it was shown.
final class Browser: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        subscript(name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        var location: String? { headers[.location] }
        var cookies: [String] { headers[values: .setCookie] }

        /// The page without the values that are random in every answer: form tokens and command ids.
        var withoutTokens: String { text.replacing(/name="(csrf|command)" value="[^"]*"/) { "name=\"\($0.1)\"" } }

        /// Whether the page contains `words` outside random values, in which four digits may occur by chance.
        func contains(_ words: String) -> Bool { text.contains(words) && withoutTokens.contains(words) }
    }

    private let client: any TestClientProtocol
    private let state = Guarded((cookies: [String: String](), hidden: [String: String]()))

    init(_ client: any TestClientProtocol) { self.client = client }

    /// A browser at the same site without cookies.
    var another: Browser { Browser(client) }

    /// The session cookie, as sent.
    var cookie: String? { sent("session") ?? sent("__Host-session") }
    /// The known-device cookie, as sent.
    var device: String? { sent("device") ?? sent("__Host-device") }

    private func sent(_ name: String) -> String? { state.value.cookies[name].map { "\(name)=\($0)" } }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(path, .get, headers, nil)
    }

    func request(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(path, method, headers, nil)
    }

    /// Sends `fields` with the token and the command id of the last form shown.
    func post(_ path: String, _ fields: [String: String], headers: HTTPFields = [:]) async throws -> Answer {
        let all = state.value.hidden.merging(fields) { $1 }
        let encoded = all.map { "\(percentEncoded($0.key))=\(percentEncoded($0.value))" }.joined(separator: "&")
        return try await post(path, raw: Array(encoded.utf8), headers: headers)
    }

    /// Sends these bytes as a form body.
    func post(
        _ path: String, raw: [UInt8], type: String = "application/x-www-form-urlencoded", headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        headers[.contentType] = type
        return try await send(path, .post, headers, ByteBuffer(bytes: raw))
    }

    /// The token and the command id of the last form shown.
    var fields: [String: String] { state.value.hidden }

    /// The hidden fields as form data, to begin a body with.
    var hiddenFields: String {
        state.value.hidden.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    }

    private func send(
        _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: ByteBuffer?
    ) async throws -> Answer {
        var headers = headers
        let cookies = state.value.cookies.map { "\($0.key)=\($0.value)" }
        if !cookies.isEmpty, headers[.cookie] == nil { headers[.cookie] = cookies.joined(separator: "; ") }
        let response = try await client.executeRequest(uri: path, method: method, headers: headers, body: body)
        let answer = Answer(
            status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        if answer["Content-Type"]?.hasPrefix("text/html") == true, answer["Content-Encoding"] == nil, method != .head,
            let fault = Markup.fault(in: answer.text)
        {
            Issue.record("\(path) is not well-formed: \(fault)")
        }
        remember(answer)
        return answer
    }

    private func remember(_ answer: Answer) {
        state.update { state in
            for cookie in answer.cookies {
                let pair = cookie.prefix { $0 != ";" }
                let value = pair.drop { $0 != "=" }.dropFirst()
                state.cookies[String(pair.prefix { $0 != "=" })] = cookie.contains("Max-Age=0") ? nil : String(value)
            }
            // The last form of the page: the first one may be the sign-out form.
            for field in ["csrf", "command"] {
                let start = "name=\"\(field)\" value=\""
                guard let range = answer.text.ranges(of: start).last else { continue }
                state.hidden[field] = String(answer.text[range.upperBound...].prefix { $0 != "\"" })
            }
        }
    }
}

/// Runs `body` with a browser at the site, without a network.
@discardableResult
func browsing<Value: Sendable>(
    _ site: KitSite, _ body: @Sendable (Browser) async throws -> Value
) async throws -> Value {
    try await site.server.application.test(.router) { client in try await body(Browser(client)) }
}

extension Browser {
    /// Signs in through the test site's stand-in page.
    func signIn(_ member: MemberID) async throws {
        _ = try await get("/logga-in")
        _ = try await post("/logga-in", ["medlem": member.description])
    }
}
