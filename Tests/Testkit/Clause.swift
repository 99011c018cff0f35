package import Testing

/// The clause of the privacy policy that a test proves.
package struct Clause: TestTrait, SuiteTrait {
    package let id: String
    package var comments: [Comment] { [Comment(rawValue: id)] }
    package var isRecursive: Bool { true }
}

extension Trait where Self == Clause {
    package static func clause(_ id: String) -> Clause { Clause(id: id) }
}
