import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The fields of a posted form.
    ///
    /// - Throws: `wrongContentType`, `tooLarge` before more than `limit` bytes are read, `malformed`.
    package func formFields(limit: Int) async throws -> FormFields {
        guard isForm else { throw PageError.wrongContentType }
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw PageError.tooLarge(limit: limit)
        }
        let bytes = try await collected(limit: limit)
        do {
            return try FormFields(parsing: bytes.readableBytesView)
        } catch {
            throw PageError(error)
        }
    }

    private var isForm: Bool {
        let parts = (headers[.contentType] ?? "").lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
        return parts.first == "application/x-www-form-urlencoded"
            && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }

    /// Has no time limit here: the connection enforces one (`RequestDeadlines`).
    private func collected(limit: Int) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw PageError.tooLarge(limit: limit)
        }
    }
}

extension PageError {
    package init(_ malformed: FormFields.Malformed) {
        switch malformed {
        case .badEncoding, .emptyName: self = .malformed(.encoding)
        case .tooManyFields: self = .malformed(.tooManyFields)
        case .repeated: self = .malformed(.repeatedField)
        }
    }
}
