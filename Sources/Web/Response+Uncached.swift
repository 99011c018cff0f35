package import Hummingbird

extension Response {
    /// The response for one reader only, with the field that forbids every cache to store it.
    package var uncached: Response {
        var response = self
        response.headers[.cacheControl] = "private, no-store"
        return response
    }
}
