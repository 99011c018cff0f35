package import Events

extension ProfileField {
    /// The switch that makes a member's field visible; nil for a field without one (P-11.2).
    package var visibilitySwitch: ConsentPurpose? {
        switch self {
        case .name: .visibleName
        case .age, .sex: .visibleAgeAndSex
        case .username, .email, .password, .municipality, .personalIdentityNumber: nil
        }
    }
}

extension Member {
    /// The state by which the visibility matrix judges a field of this member.
    package func visibility(of field: ProfileField) -> PersonState {
        switch self {
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed: .applicant
        case .active(let account): account.visibility(of: field)
        case .deactivated: .deactivated
        case .closed: .closed
        case .purged: .purged
        }
    }
}

extension Account {
    fileprivate func visibility(of field: ProfileField) -> PersonState {
        if identityProtection?.value.value == .protected { return .protected }
        guard let consent = field.visibilitySwitch else { return .active }
        return consents.contains(consent) ? .active : .hidden
    }
}

/// Age and sex; a member shows both or neither.
package struct AgeAndSex: Hashable, Sendable, Redacted {
    /// In whole years.
    package let age: Int
    package let sex: Sex
}

extension Accounts {
    /// The member with that username, unless she is shown as a former member by now (P-16.2).
    package func findPresent(_ username: Username) throws -> MemberID? {
        guard let id = try find(username),
            VisibilityMatrix.isShown(.username, of: try member(id).visibility(of: .username))
        else { return nil }
        return id
    }

    /// Decrypts a member's age today and sex for a viewer of the profile; no view stores them (P-11.2).
    /// - Returns: nil when the member does not show them, or not from that viewpoint.
    package func ageAndSex(of id: MemberID, from viewpoint: Viewpoint) throws -> AgeAndSex? {
        let member = try self.member(id)
        let shown = try shownFields(at: clock.now())
        guard shown?.contains(.age) != false, shown?.contains(.sex) != false,
            viewpoint.sees(.age, of: member.visibility(of: .age)),
            viewpoint.sees(.sex, of: member.visibility(of: .sex)),
            let identity = member.active?.identity.value.value
        else { return nil }
        return AgeAndSex(
            age: identity.number.birthDate.wholeYears(until: clock.now().stockholmDate), sex: identity.sex)
    }
}
