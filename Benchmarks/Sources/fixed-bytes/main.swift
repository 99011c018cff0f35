import Foundation
import Hummingbird
import Logging

// usage: fixed-bytes PORT FILE
// The site's own server with nothing behind it: every request is answered with the same bytes.

guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]),
    let bytes = FileManager.default.contents(atPath: CommandLine.arguments[2])
else {
    FileHandle.standardError.write(Data("usage: fixed-bytes PORT FILE\n".utf8))
    exit(2)
}
let body = ByteBuffer(bytes: bytes)
var logger = Logger(label: "fixed-bytes")
logger.logLevel = .error
let responder = CallbackResponder<BasicRequestContext> { _, _ in
    Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: ResponseBody(byteBuffer: body))
}
let application = Application(
    responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
try await application.runService()
