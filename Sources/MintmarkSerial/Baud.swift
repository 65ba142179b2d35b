// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// Line speeds in bits per second and termios' names for them.
enum Baud {
    private static let speeds: [(rate: Int, speed: CInt)] = [
        (1200, B1200), (2400, B2400), (4800, B4800), (9600, B9600), (19200, B19200), (38400, B38400), (57600, B57600),
        (115_200, B115200), (230_400, B230400), (460_800, B460800), (500_000, B500000), (576_000, B576000),
        (921_600, B921600), (1_000_000, B1000000), (1_152_000, B1152000), (1_500_000, B1500000),
        (2_000_000, B2000000), (2_500_000, B2500000), (3_000_000, B3000000), (3_500_000, B3500000),
        (4_000_000, B4000000),
    ]

    /// - Throws: `.badInput` with the list of speeds.
    static func speed(_ rate: Int) throws(MintmarkError) -> speed_t {
        guard let known = speeds.first(where: { $0.rate == rate }) else {
            let rates = speeds.map { String($0.rate) }.joined(separator: ", ")
            throw MintmarkError(.badInput, "\(rate) is not a standard baud rate", next: "Choose one of \(rates).")
        }
        return speed_t(known.speed)
    }
}
