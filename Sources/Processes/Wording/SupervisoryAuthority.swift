/// The authority that takes complaints about the handling of personal data (GDPR Art. 77).
package enum SupervisoryAuthority {
    package static let name = "Integritetsskyddsmyndigheten (IMY)"
    package static let page = "https://www.imy.se/"
    package static let email = "imy@imy.se"
    package static let address = "Box 8114, 104 20 Stockholm"
}
