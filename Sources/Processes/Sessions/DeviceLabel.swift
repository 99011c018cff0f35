/// The name by which a member recognises a session, without storing the browser's full user agent.
package enum DeviceLabel {
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"), ("Linux", "Linux"),
    ]

    package static func label(userAgent: String?) -> String {
        guard let agent = userAgent?.prefix(512) else { return "Okänd enhet" }
        let browser = browsers.first { agent.contains($0.0) }?.1
        let system = systems.first { agent.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) på \(system)"
        case (let name?, nil), (nil, let name?): return name
        case (nil, nil): return "Okänd enhet"
        }
    }
}
