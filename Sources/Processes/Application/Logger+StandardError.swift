package import Logging

extension Logger {
    package static var standardError: Logger {
        Logger(label: "mikroforetag", factory: { StreamLogHandler.standardError(label: $0) })
    }
}
