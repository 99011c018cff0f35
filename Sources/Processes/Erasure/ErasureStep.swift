package import Events

/// A step that the running site performs for every erasure after the keys are destroyed; idempotent.
package struct ErasureStep: Sendable {
    package let part: ErasureCompleted.Part
    package let perform: @Sendable ([Erasure]) async throws -> Void

    package init(_ part: ErasureCompleted.Part, _ perform: @escaping @Sendable ([Erasure]) async throws -> Void) {
        self.part = part
        self.perform = perform
    }
}

/// A file whose freed pages are overwritten, and whose WAL must be emptied before erased data counts as gone.
package struct ErasureFile: Sendable {
    package let file: ErasureCompleted.File
    /// Returns false while another connection reads an older snapshot of the file: erased data may then remain.
    package let forget: @Sendable () async throws -> Bool

    package init(_ file: ErasureCompleted.File, _ forget: @escaping @Sendable () async throws -> Bool) {
        self.file = file
        self.forget = forget
    }
}

extension Erasure {
    /// The member who stops being one by this erasure; nil if she stays a member, or no member is affected.
    package var formerMember: MemberID? {
        switch scope {
        case .owner(let owner): owner.id(MemberKind.self)
        case .kinds(let kinds, let owner): kinds.contains(.identity) ? owner.id(MemberKind.self) : nil
        case .subjects: nil
        }
    }
}
