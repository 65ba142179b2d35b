// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A reservation archive of the cloud's dashboard: one DSN's XML file, or a zip of a folder of them.
package enum DSNArchive {
    /// In bytes.
    package static let maximumSize = ZipArchive.maximumSize

    /// All devices of the archive, by DSN.
    ///
    /// `bytes` were read from `path`; they are passed so that the caller can hash exactly what was taken.
    ///
    /// - Throws: `.badArchive` naming the file inside it, when anything in it is wrong; then nothing of it is used.
    package static func read(_ bytes: [UInt8], path: String) throws(MintmarkError) -> [ReservedDSN] {
        var devices: [DSN: ReservedDSN] = [:]
        func take(_ file: ZipArchive.File) throws(MintmarkError) {
            let device = try DSNFile.parse(file.bytes, name: file.name)
            guard devices.updateValue(device, forKey: device.dsn) == nil else {
                throw MintmarkError(
                    .badArchive, "\(path): DSN \(device.dsn) stands in it twice", next: "Fetch the archive again.")
            }
        }
        if ZipArchive.isZip(bytes) {
            try ZipArchive.forEachFile(of: bytes, path: path, ending: ".xml", take)
        } else {
            try take(ZipArchive.File(name: path, bytes: bytes))
        }
        guard !devices.isEmpty else {
            throw MintmarkError(
                .badArchive, "\(path) holds no DSN", next: "Give the archive of a reserve, as the dashboard made it.")
        }
        return devices.values.sorted { $0.dsn < $1.dsn }
    }
}
