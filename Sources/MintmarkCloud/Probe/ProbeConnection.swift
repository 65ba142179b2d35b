// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore
internal import NIOCore
internal import NIOPosix

/// A connection to a host, made step by step so that each step can fail by its own name.
struct ProbeConnection {
    struct TooLate: Error {}

    let channel: any Channel
    /// IP address of the other side.
    let peer: String

    static func open(
        to address: CloudAddress, through proxy: CloudAddress?, by deadline: Deadline
    ) async throws(MintmarkError) -> ProbeConnection {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let next = proxy ?? address
        var places = try await resolve(next, loop, by: deadline)
        var failure: MintmarkError?
        while !places.isEmpty {
            let place = places.removeFirst()
            // A host with several addresses gets a fair part of the time for each.
            let part = Deadline.now + (deadline - .now) / (places.count + 1)
            do {
                let channel = try await connect(place, loop, by: part)
                if proxy != nil { try await ProxyTunnel.open(channel, to: address, by: deadline) }
                return ProbeConnection(channel: channel, peer: place.ipAddress ?? next.host)
            } catch {
                failure = refusal(error, next, place, to: address)
            }
        }
        throw failure ?? noAddress(next, "it has none")
    }

    /// The first address of a name.
    static func lookUp(_ address: CloudAddress, by deadline: Deadline) async throws(MintmarkError) -> String {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        guard let place = try await resolve(address, loop, by: deadline).first?.ipAddress else {
            throw noAddress(address, "it has none")
        }
        return place
    }

    /// Fails the promise at this time, unless it is kept before.
    static func fail(_ promise: EventLoopPromise<some Any>, at deadline: Deadline) -> Scheduled<Void> {
        promise.futureResult.eventLoop.scheduleTask(in: TimeAmount(max(.zero, deadline - .now))) {
            promise.fail(TooLate())
        }
    }

    /// All addresses of a name, in the resolver's order (`getaddrinfo`, on a thread of its own).
    private static func resolve(
        _ address: CloudAddress, _ loop: any EventLoop, by deadline: Deadline
    ) async throws(MintmarkError) -> [SocketAddress] {
        let found = loop.makePromise(of: [SocketAddress].self)
        let timer = fail(found, at: deadline)
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { try addresses(of: address) }.cascade(to: found)
        defer { timer.cancel() }
        do { return try await found.futureResult.get() } catch let error as MintmarkError {
            throw error
        } catch {
            throw noAddress(address, "no answer in time")
        }
    }

    private static func addresses(of address: CloudAddress) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, nil, &hints, &list)
        guard code == 0 else { throw noAddress(address, String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var places: [SocketAddress] = []
        var item = list
        while let entry = item {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let (place, length) = (entry.pointee.ai_addr, entry.pointee.ai_addrlen)
            if getnameinfo(place, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 {
                let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                places.append(try SocketAddress(ipAddress: name, port: address.port))
            }
            item = entry.pointee.ai_next
        }
        return places
    }

    private static func connect(
        _ place: SocketAddress, _ loop: any EventLoop, by deadline: Deadline
    ) async throws -> any Channel {
        let left = deadline - .now
        guard left > .zero else { throw TooLate() }
        return try await ClientBootstrap(group: loop).connectTimeout(TimeAmount(left)).connect(to: place).get()
    }

    private static func noAddress(_ address: CloudAddress, _ why: String) -> MintmarkError {
        MintmarkError(
            .cloudUnreachable, "DNS: no address of \(address.host): \(why)",
            next: "Check the network and this machine's resolver (/etc/resolv.conf).")
    }

    private static func refusal(
        _ error: any Error, _ next: CloudAddress, _ place: SocketAddress, to address: CloudAddress
    ) -> MintmarkError {
        if let error = error as? ProxyTunnel.Refused {
            return MintmarkError(
                .cloudUnreachable, "proxy: \(next) does not connect to \(address): \(error.words)",
                next: "Check cloud.proxy, and ask who runs the proxy to let \(address.host) through.")
        }
        let why = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "no answer in time"
        return MintmarkError(
            .cloudUnreachable, "TCP: no connection to \(next) at \(place.ipAddress ?? "?"): \(why)",
            next: "Check the network; a firewall may not let port \(next.port) through.")
    }
}
