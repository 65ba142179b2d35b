// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import MintmarkCore
internal import ServiceLifecycle

/// HTTP on a Unix socket: the true state of the units, and what can be done to them.
///
/// `GET /units`, `GET /units/N`, `POST /units/N/fault/FAULT`, `POST /units/N/power|unplug|replug|renew`
package struct UnitControl: Service {
    private let bench: UnitBench
    private let path: String

    package init(bench: UnitBench, path: String) {
        self.bench = bench
        self.path = path
    }

    package func run() async throws {
        unlink(path)
        let app = Application(
            router: router, configuration: ApplicationConfiguration(address: .unixDomainSocket(path: path)),
            logger: Logger(label: "mintmark.sandbox", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await app.run()
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("units") { [bench] _, _ in
            let units = (1...bench.count).map { number -> JSONValue in
                .object([
                    "number": .number(number), "path": .string(bench.path(number)),
                    "state": .object(bench.state(of: number).json),
                ])
            }
            return Self.answer(["units": .array(units)])
        }
        router.get("units/:number") { [bench] _, context in
            let number = try Self.number(context, bench)
            var state = bench.state(of: number).json
            let waited = bench.waited(number)
            state["waited"] = .integer(waited.time)
            state["waits"] = .number(waited.count)
            return Self.answer(state)
        }
        router.post("units/:number/fault/:fault") { [bench] _, context in
            let text = try context.parameters.require("fault").removingPercentEncoding ?? ""
            do {
                bench.inject(try UnitFault(text: text), into: try Self.number(context, bench))
            } catch let error as MintmarkError {
                throw HTTPError(.badRequest, message: error.description)
            }
            return Self.answer(["done": true])
        }
        router.post("units/:number/swap/:other") { [bench] _, context in
            bench.swap(try Self.number(context, bench), and: try Self.number(context, bench, "other"))
            return Self.answer(["done": true])
        }
        router.post("units/:number/:act") { [bench] _, context in
            let number = try Self.number(context, bench)
            switch try context.parameters.require("act") {
            case "power": bench.powerCycle(number)
            case "renew": bench.renew(number)
            case "unplug": bench.unplug(number)
            case "replug": try bench.replug(number)
            default: throw HTTPError(.notFound, message: "power, unplug, replug or renew")
            }
            return Self.answer(["done": true])
        }
        return router
    }

    private static func number(
        _ context: BasicRequestContext, _ bench: UnitBench, _ name: String = "number"
    ) throws -> Int {
        let number = try context.parameters.require(name, as: Int.self)
        guard (1...bench.count).contains(number) else { throw HTTPError(.notFound, message: "no unit \(number)") }
        return number
    }

    private static func answer(_ object: JSONObject) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: CanonicalJSON.encode(object) + [UInt8(ascii: "\n")])))
    }
}
