package import Events

/// One thing that the running site does for every erasure, after the keys are destroyed. Done again it does nothing more.
package struct ErasureStep: Sendable {
    package let part: ErasureCompleted.Part
    package let perform: @Sendable ([Erasure]) async throws -> Void

    package init(_ part: ErasureCompleted.Part, _ perform: @escaping @Sendable ([Erasure]) async throws -> Void) {
        self.part = part
        self.perform = perform
    }
}

/// A file whose freed pages are overwritten, and whose WAL has to be emptied before anything in it counts as gone.
package struct ErasureFile: Sendable {
    package let file: ErasureCompleted.File
    /// False while somebody reads an older state of it: nothing is certain then.
    package let forget: @Sendable () async throws -> Bool

    package init(_ file: ErasureCompleted.File, _ forget: @escaping @Sendable () async throws -> Bool) {
        self.file = file
        self.forget = forget
    }
}

extension Erasure {
    /// Who is no member any more because of it; nil when it leaves a member, or is about no one.
    package var formerMember: MemberID? {
        switch scope {
        case .owner(let owner): owner.id(MemberKind.self)
        case .kinds(let kinds, let owner): kinds.contains(.identity) ? owner.id(MemberKind.self) : nil
        case .subjects: nil
        }
    }
}
