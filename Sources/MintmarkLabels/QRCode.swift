// SPDX-License-Identifier: Apache-2.0
internal import CZint
package import MintmarkCore

/// A text as a QR code: its UTF-8 bytes, marked as such (ECI 26), in the smallest version, with as much error correction
/// as that has room for.
package struct QRCode: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case svg, png
    }

    /// Light modules that ISO/IEC 18004 asks for on each side.
    private static let quietZone = 4
    /// Eight pixels for each module.
    private static let scale: Float = 4

    private let text: String
    /// Rows from top to bottom; true is dark.
    private let modules: [[Bool]]

    /// - Throws: `.badInput` when it is longer than a QR code can hold, 2953 bytes.
    package init(_ text: String) throws(MintmarkError) {
        self.text = text
        modules = try Self.encode(text) { symbol throws(MintmarkError) in
            (0..<symbol.pointee.rows).map { row in
                (0..<symbol.pointee.width).map { mintmark_zint_is_dark(symbol, row, $0) == 1 }
            }
        }
    }

    /// Columns that `lines` need.
    package var width: Int { modules.count + 2 * Self.quietZone }

    /// For paper and terminals: each character is two modules, one above the other, where ink is dark.
    package var lines: [String] {
        stride(from: 0, to: width, by: 2).map { row in
            (0..<width).map { column in
                switch (isDark(row, column), isDark(row + 1, column)) {
                case (true, true): "█"
                case (true, false): "▀"
                case (false, true): "▄"
                case (false, false): " "
                }
            }.joined()
        }
    }

    /// As a picture's file, with the quiet zone.
    ///
    /// - Throws: `.stationFault` when the library cannot write it.
    package func image(_ format: Format) throws(MintmarkError) -> [UInt8] {
        let file = try TemporaryFile(named: "qr.\(format.rawValue)")
        let path = file.path
        try Self.encode(text) { symbol throws(MintmarkError) in
            symbol.pointee.scale = Self.scale
            (symbol.pointee.whitespace_width, symbol.pointee.whitespace_height) = (
                Int32(Self.quietZone), Int32(Self.quietZone)
            )
            guard mintmark_zint_set_file(symbol, path) == 1 else {
                throw Self.fault("\(path) is too long a path for it")
            }
            let code = ZBarcode_Print(symbol, 0)
            guard code < ZINT_ERROR_TOO_LONG else { throw Self.fault(Self.words(symbol)) }
        }
        return try file.read()
    }

    private func isDark(_ row: Int, _ column: Int) -> Bool {
        let (row, column) = (row - Self.quietZone, column - Self.quietZone)
        return modules.indices.contains(row) && modules.indices.contains(column) && modules[row][column]
    }

    /// Gives `body` the encoded symbol, which lives as long as the call.
    private static func encode<Answer>(
        _ text: String, _ body: (UnsafeMutablePointer<zint_symbol>) throws(MintmarkError) -> Answer
    ) throws(MintmarkError) -> Answer {
        guard let symbol = ZBarcode_Create() else { throw fault("no memory") }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = BARCODE_QRCODE
        symbol.pointee.input_mode = UNICODE_MODE
        symbol.pointee.eci = 26
        let bytes = Array(text.utf8)
        let code = ZBarcode_Encode(symbol, bytes, Int32(clamping: bytes.count))
        guard code != ZINT_ERROR_TOO_LONG else {
            throw MintmarkError(
                .badInput, "\(bytes.count) bytes do not fit into a QR code", next: "Write them to a file instead.")
        }
        guard code < ZINT_ERROR_TOO_LONG else { throw fault(words(symbol)) }
        return try body(symbol)
    }

    private static func words(_ symbol: UnsafeMutablePointer<zint_symbol>) -> String {
        String(cString: mintmark_zint_error(symbol))
    }

    private static func fault(_ what: String) -> MintmarkError {
        MintmarkError(.stationFault, "libzint made no QR code: \(what)", next: "Write the text to a file instead.")
    }
}
