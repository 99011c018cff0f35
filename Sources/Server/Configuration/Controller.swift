/// Who is responsible for the site and its personal data; stands in the footer of every page and mail.
struct Controller: Hashable, Sendable {
    var name = "Exempelbolaget Handelsbod"
    var address = "Exempelgatan 1, 123 45 Exempelby"
    var email = "info@example.org"
    var organisationNumber = "000000-0000"
    /// Further addresses whose mail ends in the same queue.
    var inboxes: [String] = []
}
