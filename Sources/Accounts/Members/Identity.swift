package import Events

/// The identity of a member: the data that no other member shares.
package struct Identity: Hashable, Sendable, Redacted {
    package let name: PersonName
    package let number: PersonalIdentityNumber
    /// Set only when it was corrected; otherwise the number determines it.
    package let correctedSex: Sex?
    package var username: Username

    package init(
        name: PersonName, number: PersonalIdentityNumber, correctedSex: Sex? = nil, username: Username
    ) {
        self.name = name
        self.number = number
        self.correctedSex = correctedSex
        self.username = username
    }

    package var sex: Sex { correctedSex ?? number.sex }

    /// Whether the member is as old as every version requires now; false only for members of an old log.
    package func isOldEnough(on day: CalendarDate) -> Bool {
        number.birthDate.wholeYears(until: day) >= RegistrationRules.lowestAge
    }
}

extension Identity: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        name = try fields(.name, \.name)
        number = try fields(.personalIdentityNumber, \.number)
        correctedSex = try fields(.sex, \.correctedSex)
        username = try fields(.username, \.username)
    }
}
