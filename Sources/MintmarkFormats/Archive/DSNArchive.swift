// SPDX-License-Identifier: Apache-2.0
internal import Foundation
package import MintmarkCore

/// A reservation archive of the cloud's dashboard: one DSN's XML file, or a zip of a folder of them.
package enum DSNArchive {
    /// All devices of the archive, by DSN.
    ///
    /// - Throws: `.badArchive` naming the file inside it, when anything in it is wrong; then nothing of it is used.
    package static func read(_ path: String) throws(MintmarkError) -> [ReservedDSN] {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw MintmarkError(.badArchive, "cannot read \(path)", next: "Check the path and the file's rights.")
        }
        let files: [ZipArchive.File]
        if try ZipArchive.isZip(path) {
            files = try ZipArchive.files(path, ending: ".xml")
        } else {
            guard let data = FileManager.default.contents(atPath: path), data.count <= DSNFile.maximumSize else {
                throw MintmarkError(
                    .badArchive, "\(path) is longer than \(DSNFile.maximumSize) bytes", next: "Give a reservation file."
                )
            }
            files = [ZipArchive.File(name: path, bytes: Array(data))]
        }
        var devices: [DSN: ReservedDSN] = [:]
        for file in files {
            let device = try DSNFile.parse(file.bytes, name: file.name)
            guard devices.updateValue(device, forKey: device.dsn) == nil else {
                throw MintmarkError(
                    .badArchive, "\(path): DSN \(device.dsn) stands in it twice", next: "Fetch the archive again.")
            }
        }
        guard !devices.isEmpty else {
            throw MintmarkError(
                .badArchive, "\(path) holds no DSN", next: "Give the archive of a reserve, as the dashboard made it.")
        }
        return devices.values.sorted { $0.dsn < $1.dsn }
    }
}
