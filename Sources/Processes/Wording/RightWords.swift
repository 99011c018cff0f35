/// The rights in the policy's rules (P-17.1), and the withdrawal of a consent.
enum RightWords {
    static func name(of right: String) -> String {
        switch right {
        case "access": "tillgång"
        case "rectification": "rättelse"
        case "restriction": "begränsning"
        case "objection": "invändning"
        case "erasure": "radering"
        case "portability": "dataportabilitet"
        case "withdrawal": "ta tillbaka ett samtycke"
        default: right
        }
    }

    /// What a member can ask for, and where.
    static func explanation(of right: String) -> String {
        switch right {
        case "access": "Få veta vilka uppgifter vi har om dig, och en kopia. Det är den här filen."
        case "rectification": "Få fel rättade, under Inställningar eller i ett ärende."
        case "restriction": "Begära att vi sparar uppgifter utan att använda dem medan något utreds."
        case "objection": "Invända mot det vi gör med stöd av ett berättigat intresse, och mot direktreklam."
        case "erasure": "Få uppgifter raderade, på sidan Avsluta konto eller i ett ärende."
        case "portability": "Få ut det du har lämnat i en form som går att flytta: filen utdrag.json."
        case "withdrawal": "Under Inställningar och Sajtinställningar, lika lätt som du gav det."
        default: right
        }
    }
}
