import Events

/// A site's open stores outside the log: `runtime.sqlite` with sessions, known devices and links, and the visit log.
package struct OperationalStores: Sendable {
    package let runtime: RuntimeStore
    package let sessions: Sessions
    package let devices: KnownDevices
    /// Nil if no visits are recorded.
    package let visits: VisitLog?
    package let caches: CacheRegistry
    package let erasures = ErasureStatus()

    package init(
        runtime: RuntimeStore, sessions: Sessions, visits: VisitLog? = nil, caches: CacheRegistry = CacheRegistry()
    ) {
        self.runtime = runtime
        self.sessions = sessions
        devices = KnownDevices(store: runtime)
        self.visits = visits
        self.caches = caches
    }
}
