// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Linker flags of the program: every address that the loader fills in becomes read-only before the program begins.
let hardened: [LinkerSetting] = [
    .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"])
]

/// Compiler flags of our own C; `script/server` gives the packages' C the same.
let hardenedC: [CSetting] = [
    .unsafeFlags(["-fstack-protector-strong"]), .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release)),
]

/// Include paths of libraries with separate header folders; `pkg-config` knows them, but with flags that the package manager warns of.
func includes(_ folders: String...) -> CSetting {
    #if arch(arm64)
        let generated = "/usr/lib/aarch64-linux-gnu/glib-2.0/include"
    #else
        let generated = "/usr/lib/x86_64-linux-gnu/glib-2.0/include"
    #endif
    return .unsafeFlags((folders.map { "/usr/include/\($0)" } + [generated]).map { "-I\($0)" })
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// The dependencies available to the tests of `Site` and of what runs behind it.
let siteTests: [Target.Dependency] = [
    "Accounts", "CZlib", "Events", "Forum", "HTML", "Messaging", "Processes", "Projections", "Site", "SiteMap",
    "Testkit", "Web", crypto, grdb, logging, httpTypes, hummingbird, hummingbirdCore, hummingbirdTesting, nioCore,
    nioEmbedded,
    nioHTTP1, nioPosix,
]

let package = Package(
    name: "mikroforetag",
    products: [.executable(name: "mikroforetag", targets: ["Server"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
    ],
    targets: [
        .target(name: "CSQLite", cSettings: hardenedC, linkerSettings: [.linkedLibrary("sqlite3")]),
        .systemLibrary(name: "CCmarkGFM"),
        .systemLibrary(name: "CQRencode"),
        .systemLibrary(name: "CIDN2"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CMalloc"),
        .target(
            name: "CGMime", cSettings: hardenedC + [includes("gmime-3.0", "glib-2.0")],
            linkerSettings: ["gmime-3.0", "gobject-2.0", "glib-2.0"].map { .linkedLibrary($0) }),
        .target(name: "CHTML", cSettings: hardenedC + [includes("libxml2")], linkerSettings: [.linkedLibrary("xml2")]),
        .target(name: "CConfinement", cSettings: hardenedC),
        .target(name: "CCurl", cSettings: hardenedC, linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(name: "embed-text", swiftSettings: strict),
        .plugin(name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"]),

        .target(
            name: "Events", dependencies: ["CIDN2", "CSQLite", crypto, cryptoExtras, logging],
            exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "Accounts", dependencies: ["Events", crypto, cryptoExtras, yams],
            exclude: ["README.md", "Resources"], swiftSettings: strict, plugins: ["EmbedText"]),
        .target(
            name: "Forum", dependencies: ["Events", "CCmarkGFM"],
            exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "Messaging", dependencies: ["Events", "CCurl", "CGMime", "CHTML"],
            exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "Projections", dependencies: ["Events", "Accounts", "Forum", "Messaging", grdb, logging],
            exclude: ["README.md", "Resources"], swiftSettings: strict, plugins: ["EmbedText"]),
        .target(name: "HTML", dependencies: ["Events"], exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "Web",
            dependencies: [
                "CZlib", "Events", "HTML", crypto, logging, httpTypes, hummingbird, hummingbirdCore, hummingbirdTLS,
                nioCore, nioHTTP1,
                nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix, nioSSL,
            ],
            exclude: ["README.md"], swiftSettings: strict),
        .target(name: "SiteMap", dependencies: ["Events"], exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "Processes",
            dependencies: [
                "CConfinement", "CCurl", "CMalloc", "CZlib",
                "Events", "Accounts", "Forum", "Messaging", "Projections",
                "HTML", "SiteMap", crypto, grdb, logging, nioPosix, serviceLifecycle,
            ],
            exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "Site",
            dependencies: [
                "CQRencode", "Events", "Accounts", "Forum", "Messaging", "Projections", "HTML", "Web", "SiteMap",
                "Processes", crypto, grdb, logging, httpTypes, hummingbird, hummingbirdCore, nioCore, serviceLifecycle,
            ],
            exclude: ["README.md", "Resources"], swiftSettings: strict, plugins: ["EmbedText"]),
        .executableTarget(
            name: "Server",
            dependencies: [
                "CConfinement", "Events", "Accounts", "Forum", "Messaging", "Projections", "HTML", "Web", "SiteMap",
                "Processes", "Site", crypto, grdb, logging, yams, argumentParser, configuration, hummingbird, nioCore,
                nioPosix, serviceLifecycle,
            ],
            exclude: ["README.md", "Resources"], swiftSettings: strict, linkerSettings: hardened, plugins: ["EmbedText"]
        ),

        .target(
            name: "Testkit", dependencies: ["Events", "Accounts", "CZlib"], path: "Tests/Testkit", swiftSettings: strict
        ),
        .testTarget(
            name: "EventsTests", dependencies: ["Events", "Testkit", "CSQLite", "CZlib", crypto], swiftSettings: strict),
        .testTarget(name: "AccountsTests", dependencies: ["Accounts", "Testkit"], swiftSettings: strict),
        .testTarget(name: "ForumTests", dependencies: ["Forum", "Testkit"], swiftSettings: strict),
        .testTarget(name: "MessagingTests", dependencies: ["Messaging", "Testkit"], swiftSettings: strict),
        .testTarget(
            name: "ProjectionsTests", dependencies: ["Projections", "Testkit", grdb, logging], swiftSettings: strict),
        .target(name: "SiteTestkit", dependencies: siteTests, path: "Tests/SiteTestkit", swiftSettings: strict),
        .testTarget(name: "HTMLTests", dependencies: siteTests + ["SiteTestkit"], swiftSettings: strict),
        .testTarget(name: "WebTests", dependencies: siteTests + ["SiteTestkit"], swiftSettings: strict),
        .testTarget(name: "SiteMapTests", dependencies: siteTests + ["SiteTestkit"], swiftSettings: strict),
        .testTarget(name: "ProcessesTests", dependencies: siteTests + ["SiteTestkit"], swiftSettings: strict),
        .testTarget(name: "SiteTests", dependencies: siteTests + ["SiteTestkit"], swiftSettings: strict),
        .testTarget(
            name: "ServerTests", dependencies: siteTests + ["Server", "SiteTestkit"], swiftSettings: strict),
    ]
)
