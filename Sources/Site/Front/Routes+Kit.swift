import Hummingbird
import SiteMap
import Web

extension Routes {
    /// What every site answers, whatever its pages.
    mutating func addKitRoutes() {
        get(.health, limit: nil) { _, _ in .text("ok\n") }
        get(.asset, limit: nil) { request, context in
            guard let asset = context.visit.site.assets.asset(named: try context.place("name")) else {
                // Only what exists is free.
                try context.spend(.read)
                throw PageError.notFound
            }
            return asset.response(to: request)
        }
    }
}
