// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What the Datastream Service gave: a number to delete it by, and the key that opens its stream.
struct StreamSubscription: Sendable {
    let id: Int64
    /// Whoever has it hears the account's events. It stands in the stream's URL, which nothing prints.
    let key: SharedSecret

    /// Takes `{"subscription":{…}}`, or the object alone; nil unless there are a number and a usable key.
    init?(_ body: [UInt8]) {
        let found = body.withUnsafeBytes { bytes -> (Int64, SharedSecret)? in
            guard let outer = SecretJSON.members(of: bytes) else { return nil }
            let wrapped = outer.first { "subscription".utf8.elementsEqual(bytes[$0.name]) }
            let inner = wrapped.map { UnsafeRawBufferPointer(rebasing: bytes[$0.value]) } ?? bytes
            guard let members = SecretJSON.members(of: inner),
                let id = members.first(where: { "id".utf8.elementsEqual(inner[$0.name]) }),
                let number = Int64(String(decoding: inner[id.value], as: UTF8.self)),
                let key = members.first(where: { "stream_key".utf8.elementsEqual(inner[$0.name]) }),
                inner[key.value.lowerBound] == UInt8(ascii: "\"")
            else { return nil }
            let content = inner[key.value].dropFirst().dropLast()
            // Goes into a URL as it is.
            guard (1...255).contains(content.count), content.allSatisfy(Self.isPlain) else { return nil }
            return (number, SharedSecret(Secret(copying: UnsafeRawBufferPointer(rebasing: content))))
        }
        guard let found else { return nil }
        (id, key) = found
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
