package import Events

/// Who somebody is: the part of a member that no other member has.
package struct Identity: Hashable, Sendable, Redacted {
    package let name: PersonName
    package let number: PersonalIdentityNumber
    /// Only where it was corrected; else the number says it.
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
}

extension Identity: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        name = try fields(.name, \.name)
        number = try fields(.personalIdentityNumber, \.number)
        correctedSex = try fields(.sex, \.correctedSex)
        username = try fields(.username, \.username)
    }
}
