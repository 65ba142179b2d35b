// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "mintmark",
    products: [
        .executable(name: "mintmark", targets: ["mintmark"]),
        // For tests only: it is loaded before the C library into the programs they break.
        .library(name: "call-shim", type: .dynamic, targets: ["CallShim"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The C libraries. Exactly one Swift module imports each.
        .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // libzint has no pkg-config file.
        .systemLibrary(name: "CZint", providers: [.apt(["libzint-dev"])]),
        .systemLibrary(name: "CP11Kit", pkgConfig: "p11-kit-1", providers: [.apt(["libp11-kit-dev"])]),
        .systemLibrary(name: "CSQLiteShim", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        // A part of the C library that Glibc leaves out.
        .systemLibrary(name: "CTimex"),

        .target(name: "MintmarkCore", swiftSettings: house),
        .target(name: "MintmarkCrypto", dependencies: ["MintmarkCore", "COpenSSL"], swiftSettings: house),
        .target(
            name: "MintmarkToken", dependencies: ["MintmarkCore", "MintmarkCrypto", "CP11Kit"], swiftSettings: house),
        .target(name: "MintmarkSerial", dependencies: ["MintmarkCore", "CLibUSB"], swiftSettings: house),
        .target(name: "MintmarkDevices", dependencies: ["MintmarkCore", "MintmarkCrypto"], swiftSettings: house),
        .target(
            name: "MintmarkFormats",
            dependencies: ["MintmarkCore", "CLibZip", .product(name: "Yams", package: "Yams")],
            swiftSettings: house),
        .target(
            name: "MintmarkLedger",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "CSQLiteShim", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            resources: [
                .embedInCode("Bundle/Resources/verify.py"), .embedInCode("Bundle/Resources/HOWTO-VERIFY.txt"),
                .embedInCode("Report/Resources/report.css"),
            ],
            swiftSettings: house),
        .target(
            name: "MintmarkCloud",
            dependencies: [
                "MintmarkCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: house),
        .target(
            name: "MintmarkStation",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "MintmarkDevices", "CTimex",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "MintmarkWeb",
            dependencies: [
                "MintmarkCore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: house),
        .target(name: "MintmarkLabels", dependencies: ["MintmarkCore", "CZint"], swiftSettings: house),
        .target(
            name: "MintmarkSandbox",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "mintmark",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "MintmarkSerial", "MintmarkDevices", "MintmarkFormats",
                "MintmarkLabels", "MintmarkLedger", "MintmarkCloud", "MintmarkStation", "MintmarkSandbox",
                "MintmarkToken",
                "MintmarkWeb",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),

        .executableTarget(
            name: "bench-dialog", dependencies: ["MintmarkCore", "MintmarkDevices", "MintmarkSerial"],
            path: "Tests/Bench/Dialog", swiftSettings: house),
        .executableTarget(
            name: "bench-ledger",
            dependencies: [
                "MintmarkCloud", "MintmarkCore", "MintmarkCrypto", "MintmarkLedger", "MintmarkStation",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Bench/Ledger", swiftSettings: house),
        .target(name: "CallShim", path: "Tests/CallShim"),
        .executableTarget(
            name: "ledger-writer",
            dependencies: ["MintmarkCore", "MintmarkCrypto", "MintmarkLedger", "MintmarkStation", "TestSupport"],
            path: "Tests/LedgerWriter", swiftSettings: house),
        .target(
            name: "TestSupport",
            dependencies: ["MintmarkCore", "MintmarkCrypto", "MintmarkDevices", "MintmarkLedger", "MintmarkSandbox"],
            path: "Tests/Support", swiftSettings: house),
        .testTarget(name: "MintmarkCoreTests", dependencies: ["MintmarkCore", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "MintmarkCryptoTests", dependencies: ["MintmarkCore", "MintmarkCrypto", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkTokenTests",
            dependencies: ["MintmarkCore", "MintmarkCrypto", "MintmarkToken", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "MintmarkSerialTests", dependencies: ["MintmarkCore", "MintmarkSerial", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkDevicesTests",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "MintmarkDevices", "MintmarkSandbox", "MintmarkSerial", "TestSupport",
            ],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkFormatsTests",
            dependencies: ["MintmarkCore", "MintmarkFormats", "MintmarkStation", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: house),
        .testTarget(
            name: "MintmarkLedgerTests",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "MintmarkLedger", "TestSupport", "ledger-writer",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkLabelsTests", dependencies: ["MintmarkCore", "MintmarkLabels", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkCloudTests",
            dependencies: [
                "MintmarkCloud", "MintmarkCore", "MintmarkCrypto", "MintmarkSandbox", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkStationTests",
            dependencies: [
                "MintmarkCloud", "MintmarkCore", "MintmarkCrypto", "MintmarkDevices", "MintmarkFormats",
                "MintmarkLedger", "MintmarkSandbox", "MintmarkSerial", "MintmarkStation", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkSandboxTests",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "MintmarkSandbox", "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "MintmarkWebTests",
            dependencies: [
                "MintmarkCloud", "MintmarkCore", "MintmarkCrypto", "MintmarkLedger", "MintmarkWeb", "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "MintmarkCore", "MintmarkCrypto", "MintmarkLedger", "MintmarkSandbox", "TestSupport", "mintmark",
            ],
            swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
