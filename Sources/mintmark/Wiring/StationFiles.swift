// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkStation

/// Reads station files and templates from disk.
enum StationFiles {
    /// - Throws: `.badStationFile` or `.badTemplate`, naming every problem with file, line and column.
    static func station(_ path: String) throws(MintmarkError) -> StationFile {
        let node = try YAMLDocument.parse(try bytes(path, .badStationFile), file: path, code: .badStationFile)
        let folder = absolute((path as NSString).deletingLastPathComponent)
        return try StationFile.decode(node, folder: folder) { (folder) throws(MintmarkError) in try template(folder) }
    }

    /// `folder` holds `template.yaml` and, if the product has one, `properties.csv`.
    static func template(_ folder: String) throws(MintmarkError) -> Template {
        let file = folder + "/template.yaml"
        let node = try YAMLDocument.parse(try bytes(file, .badTemplate), file: file, code: .badTemplate)
        let properties = folder + "/properties.csv"
        let hasProperties = FileManager.default.fileExists(atPath: properties)
        return try Template.decode(
            node, name: (absolute(folder) as NSString).lastPathComponent,
            propertiesFile: properties, properties: hasProperties ? try bytes(properties, .badTemplate) : nil)
    }

    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
            .standardizedFileURL.path
    }

    private static func bytes(_ path: String, _ code: MintmarkError.Code) throws(MintmarkError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MintmarkError(code, "cannot read \(path)", next: "Check the path and the file's rights.")
        }
        return Array(data)
    }
}
