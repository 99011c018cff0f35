// swift-tools-version: 6.2
import PackageDescription

// Dependencies of measurements only. Built by `script/bench`, not with the site.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1")],
    targets: [
        .executableTarget(
            name: "fixed-bytes",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
    ]
)
