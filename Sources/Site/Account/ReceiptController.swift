import Accounts
import Events
import Foundation
import Hummingbird
import Processes
import SiteMap
import Web

/// `/kvitto/{token}`: the outcome of an erasure, for a reader who was given the link before it.
struct ReceiptController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.receipt) { _, context in try await receipt(context) }
    }

    private func receipt(_ context: SiteContext) async throws -> Response {
        let log = application.log
        guard let token = try SecretToken(context.place("token")),
            let fenced = try log.erasure(withReceipt: token.receipt)
        else { return context.page(ReceiptNotReadyPage(), status: .notFound) }
        guard fenced.completion != nil else { return context.page(ErasureUnderWayPage(fenced: fenced.time)) }
        guard let receipt = try await application.receipt(of: fenced, at: context.now) else {
            throw PageError.unavailable
        }
        return context.page(ReceiptPage(receipt: receipt))
    }
}
