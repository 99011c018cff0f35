import Accounts
import Events
import HTML
import Processes
import SiteMap

/// `/admin`: the tasks open to the reader's roles.
struct AdministrationPage: HTMLPage {
    let roles: Set<Role>
    let members: Int
    let threads: Int
    let posts: Int
    let events: Int
    /// The number of sign-ups that wait for a review.
    let waiting: Int
    /// The number of reported private messages that are still unread by staff.
    let reportedMessages: Int
    /// The number of texts with reports or appeals that wait for this reader's decision.
    let reports: Int
    /// The number of open cases that this reader may see.
    let cases: Int
    let stranded: Stranded
    /// The number of proposals to reset a second factor that this reader may approve.
    let resets: Int
    /// The number of proposals for legal holds that this reader may approve; 0 for readers who are no administrators.
    let holds: Int
    /// Nil for readers who are no administrators.
    let keys: KeyStatus?

    var title: String { "Administration" }
    var staffTab: SiteLink? { .administration }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Din roll: \(RoleWords.list(roles)).")
        html.facts { html in
            html.fact("Medlemmar", SwedishNumber.grouped(members))
            html.fact("Trådar", SwedishNumber.grouped(threads))
            html.fact("Inlägg", SwedishNumber.grouped(posts))
            html.fact("Händelser i loggen", SwedishNumber.grouped(events))
        }
        html.notice(of: stranded)
        if let keys { html.notice(of: keys) }
        html.h2("Att göra")
        html.list(tasks) { task, html in
            html.link(task.label, to: task.page)
            html.text(" – \(task.meaning)")
        }
    }

    private var tasks: [(label: String, page: SiteLink, meaning: String)] {
        var tasks: [(String, SiteLink, String)] = []
        if roles.contains(.moderator) || roles.contains(.administrator) {
            tasks.append(
                (
                    "Anmälningar", .moderationQueue(),
                    reports == 0
                        ? "inget väntar på beslut"
                        : SwedishNumber.spelled(reports, "en text väntar på beslut", "texter väntar på beslut")
                ))
            tasks.append(("Forumet", .forum, "stäng, fäst, flytta och ta bort på trådarnas egna sidor"))
            tasks.append(
                (
                    "Registreringar", .staffReviews(),
                    waiting == 0
                        ? "inget att granska"
                        : SwedishNumber.spelled(waiting, "ett konto att granska", "konton att granska")
                ))
            let unopened =
                reportedMessages == 0 ? "inget oläst" : SwedishNumber.spelled(reportedMessages, "ett oläst", "olästa")
            tasks.append(
                ("Anmälda meddelanden", .staffReportedMessages(), "\(unopened); läses bara av administratörer"))
        }
        if roles.contains(.administrator) {
            tasks.append(
                (
                    "Ärenden", .staffCases(),
                    cases == 0
                        ? "inget är öppet"
                        : SwedishNumber.spelled(cases, "ett öppet; svara i tid", "öppna; svara i tid")
                ))
            tasks.append(("Medlemmar", .staffMembers(), "sök medlemmar, ge och ta ifrån roller"))
            tasks.append(("Rättelser", .staffCorrections(), "avgör begäranden om namn, personnummer och kön"))
            tasks.append(("Sök med uppgifter", .staffSearch, "hitta även den som har slutat; kräver ett skäl"))
            tasks.append(("Avslutade och avstängda", .staffFormerMembers, "konton som är dolda tills de raderas"))
            tasks.append(("Omprövningar", .staffAppeals, "pröva beslut om konton igen"))
            tasks.append(
                (
                    "Tvåstegsinloggning", .staffTwoFactorResets,
                    resets == 0
                        ? "inget väntar på dig"
                        : SwedishNumber.spelled(resets, "en återställning väntar", "återställningar väntar")
                ))
            tasks.append(
                (
                    "Bevaranden", .holds,
                    holds == 0
                        ? "inget förslag väntar på dig"
                        : SwedishNumber.spelled(holds, "ett förslag väntar på dig", "förslag väntar på dig")
                ))
            tasks.append(("Nyhetsbrev", .newsletter(), "skriv, prova och skicka till dem som har tackat ja"))
            tasks.append(("Mejl", .staffMail(), "se att mejlen kommer iväg, och vad som har kommit tillbaka"))
            tasks.append(("Besök", .staffVisits, "se hur webbplatsen används, i siffror"))
            tasks.append(("Statistik", .statistics, "se hur gemenskapen växer, i siffror"))
            tasks.append(("Gallring", .staffRetention, "se att inget sparas för länge"))
            tasks.append(("Policy och villkor", .staffPolicy, "pröva och publicera en ny version"))
            tasks.append(("Lagring", .staffStorage, "se var allt finns, och vad som har hänt med säkerheten"))
            tasks.append(("Vyer", .staffViews(), "se hur långt sidornas underlag har kommit, och bygg om det"))
        }
        if roles.contains(.auditor) || roles.contains(.administrator) {
            tasks.append(("Revision", .audit, "granskningslogg, bevis och kontrollpunkter"))
        }
        return tasks
    }
}
