// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLabels
import TestSupport
import Testing

@Suite("QR codes", .timeLimit(.minutes(1))) struct QRCodeTests {
    /// What a decoder of other people's making reads from a picture.
    private func read(_ picture: [UInt8], _ name: String) async throws -> String {
        let folder = try TemporaryFolder()
        try Data(picture).write(to: URL(fileURLWithPath: folder.file(name)))
        let done = try await Child.run("/usr/bin/zbarimg", ["-q", "--raw", "-Sbinary", "--nodbus", folder.file(name)])
        #expect(done.status == 0, "\(done.errors)")
        return done.output
    }

    /// A person's eye and camera on the terminal: each character is two modules.
    private func photograph(_ lines: [String]) -> [UInt8] {
        let pixels = lines.flatMap { line in
            let above = line.map { "█▀".contains($0) }
            let below = line.map { "█▄".contains($0) }
            return [above, below]
        }
        let zoom = 4
        var picture = Array("P5 \(zoom * (pixels.first?.count ?? 0)) \(zoom * pixels.count) 255\n".utf8)
        for row in pixels {
            let line = row.flatMap { Array(repeating: $0 ? UInt8(0) : 255, count: zoom) }
            for _ in 0..<zoom { picture += line }
        }
        return picture
    }

    /// The rectangles of a vector picture, the first of which is the paper.
    private func draw(_ picture: [UInt8]) throws -> [UInt8] {
        let svg = String(decoding: picture, as: UTF8.self)
        let pattern = /<rect x="([0-9.]+)" y="([0-9.]+)" width="([0-9.]+)" height="([0-9.]+)"( fill="#FFFFFF")? \/>/
        let found = svg.matches(of: pattern)
        let rectangles = found.map { [$0.1, $0.2, $0.3, $0.4].map { Int(Double($0) ?? 0) } }
        let size = try #require(rectangles.first)
        #expect(size[2] == size[3] && found.first?.5 != nil && found.dropFirst().allSatisfy { $0.5 == nil })
        var pixels = [UInt8](repeating: 255, count: size[2] * size[3])
        for rectangle in rectangles.dropFirst() {
            for y in rectangle[1]..<rectangle[1] + rectangle[3] {
                for x in rectangle[0]..<rectangle[0] + rectangle[2] { pixels[y * size[2] + x] = 0 }
            }
        }
        return Array("P5 \(size[2]) \(size[3]) 255\n".utf8) + pixels
    }

    @Test(
        "another decoder reads the very text from both pictures and from the terminal, whatever its length",
        arguments: [1, 2, 50, 230, 400, 1000, 2000])
    func roundTrip(length: Int) async throws {
        let note = "mintmark/0123456789abcdef\n5\nkFX5cGQmMpGoyRpGWjEEyyS8PH6wdsfGQWTl8p7uLIE=\n\n— mintmark/x b64=\n"
        let text = String(String(repeating: note, count: 1 + length / note.count).prefix(length))
        let code = try QRCode(text)
        #expect(try await read(code.image(.png), "qr.png") == text)
        #expect(try await read(photograph(code.lines), "qr.pgm") == text)
        #expect(try await read(draw(code.image(.svg)), "drawn.pgm") == text)
        #expect(code.lines.allSatisfy { $0.count == code.width })
    }

    @Test("what is too long is refused") func tooLong() throws {
        _ = try QRCode(String(repeating: "x", count: 2900))
        #expect(throws: MintmarkError.self) { try QRCode(String(repeating: "x", count: 2954)) }
    }
}
