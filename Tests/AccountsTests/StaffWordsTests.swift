import Events
import Testing
import Testkit

@testable import Accounts

@Suite struct `A username that somebody chooses` {
    @Test(arguments: [
        "ädmin", "admin1", "adm1n", "ADMlN", "aDmIn", "a.d.m.i.n", "ad--min", "AdminAnna", "anna-admin", "adminanna",
        "superadmin", "sajtadmin", "sys-admin", "Administratören", "moderatorn", "moderator_2", "m0derat0r",
        "rnoderator",
        "moclerator", "mōderātor", "den.riktiga.moderatorn", "forum-moderator", "redaktör", "redaktionen", "support",
        "support1", "kundtjänst", "Kundtjanst24", "teknisksupport", "anna.support", "mikroforetag", "Mikroföretag.se",
        "mikroforetag-support", "webbmaster", "styrelsen", "mod1", "info", "ađmin", "ŧeam-admin", "5upport",
    ])
    func `does not pass for the site's own or for a role`(text: String) {
        #expect(throws: Username.Problem.reserved) { try Username(text) }
        #expect(throws: Never.self, "whoever has it already signs in by it") { try Username.typed(text) }
    }

    @Test(arguments: [
        "Moa-Lina", "Åsa", "Admiral", "admira", "adminton", "badmintonkungen", "modellbyggarn", "modern", "Moderat",
        "astrids.ateljé", "supporterklubben", "mikroföretagare", "annas-mikroforetag", "granskaren", "staffan",
        "Staffan.Lund", "padmini", "lada-mini", "konsult-k", "bie_o_honung", "seniorservice", "groot", "vladimir",
        "modins.bygg", "anders1970", "ulla2", "webbmakaren", "Svenska-Hus", "real.madrid", "Jörgen_Ö", "Zoë",
    ])
    func `that only looks like one of those words is a name`(text: String) {
        #expect(throws: Never.self) { try Username(text) }
    }
}

@Suite struct `A visible name` {
    @Test(arguments: [
        "Administratör", "Moa Administratör", "Moa Moderator", "Mоdеrаtоr Eva", "Аdmin", "Kundtjänst Mikroföretag",
        "Mikroföretag", "Support", "\u{1D400}\u{1D41D}\u{1D426}\u{1D422}\u{1D427}",
    ])
    func `does not say that somebody works for the site, in whichever script`(text: String) {
        #expect(throws: PersonName.Problem.reserved) { try PersonName(text) }
    }

    @Test(arguments: [
        "Moa Hallin", "Åsa Admiral", "Gustav Staff", "Anna Modin", "Padmini Rao", "Bo Root", "Илья Репин",
    ])
    func `is what people are called`(text: String) {
        #expect(throws: Never.self) { try PersonName(text) }
    }
}

@Suite struct `The skeleton of a name` {
    @Test(arguments: [
        ("moa", "moa."), ("moa", "mōa"), ("moa", "m0a"), ("moa", "MOA"), ("moa", "rnoa"), ("moa", "m-o--a"),
        ("moa", "móà"),
        ("astrid", "astrld"), ("astrid", "A5TR1D"), ("astrid", "astricl"), ("astrid", "ästríđ"), ("willy", "vvilly"),
        ("moa", "\u{43C}\u{43E}\u{430}"), ("moa", "\u{3BC}\u{3BF}\u{3B1}"), ("bo", "\u{1D41B}\u{1D428}"),
        ("moa", "m\u{200B}o\u{AD}a"), ("kalle", "ķalłe"), ("sören", "soren"), ("björn", "bjørn"),
    ])
    func `is that of every name which looks like it`(name: String, lookalike: String) {
        #expect(Skeleton(name) == Skeleton(lookalike))
    }

    @Test(arguments: [("moa", "noa"), ("moa", "moan"), ("astrid", "ingrid"), ("moa", "moa2"), ("ida", "iwa")])
    func `is another than that of another name`(name: String, other: String) {
        #expect(Skeleton(name) != Skeleton(other))
    }

    @Test func `is made of the skeletons of its parts`() {
        #expect(Skeleton("moa").text + Skeleton("Wåhlin").text == Skeleton("moaWåhlin").text)
    }
}
