import Hummingbird
import SiteMap
import Web

extension Routes {
    /// The routes that every site has, whatever its pages.
    mutating func addKitRoutes() {
        get(.health, limit: nil) { _, _ in .text("ok\n") }
        get(.asset, limit: nil) { request, context in
            guard let asset = context.visit.site.assets.asset(named: try context.place("name")) else {
                // An existing asset costs nothing; any other name spends.
                try context.spend(.read)
                throw PageError.notFound
            }
            return asset.response(to: request)
        }
        get(.favicon, limit: nil) { request, context in context.visit.site.assets.favicon.response(to: request) }
        get(.touchIcon, limit: nil) { request, context in context.visit.site.assets.touchIcon.response(to: request) }
    }
}
