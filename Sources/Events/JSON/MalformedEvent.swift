/// An event whose bytes are not what its type and schema say.
package struct MalformedEvent: Error, CustomStringConvertible {
    package let reason: String
    package let offset: Int
    package var description: String { "malformed event data at byte \(offset): \(reason)" }

    package init(reason: String, offset: Int = 0) {
        self.reason = reason
        self.offset = offset
    }
}
