// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkStation

/// Reads station files and templates from disk.
enum StationFiles {
    /// - Throws: `.badStationFile` or `.badTemplate`, naming every problem with file, line and column.
    static func station(_ path: String) throws(MintmarkError) -> StationFile {
        let node = try yaml(path, .badStationFile)
        let folder = absolute((path as NSString).deletingLastPathComponent)
        return try StationFile.decode(node, folder: folder) { (folder) throws(MintmarkError) in try template(folder) }
    }

    /// `folder` holds `template.yaml` and, if the product has one, `properties.csv`.
    static func template(_ folder: String) throws(MintmarkError) -> Template {
        let file = folder + "/template.yaml"
        let node = try yaml(file, .badTemplate)
        return try Template.decode(
            node, name: (absolute(folder) as NSString).lastPathComponent, properties: try properties(folder))
    }

    /// A file in the portal's import format.
    static func properties(of path: String) throws(MintmarkError) -> [TemplateProperty] {
        try TemplateProperty.decode(try csv(path))
    }

    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
            .standardizedFileURL.path
    }

    private static func yaml(_ path: String, _ code: MintmarkError.Code) throws(MintmarkError) -> ConfigNode {
        let bytes = try InputFile.read(path, atMost: YAMLDocument.maximumSize, code: code)
        return try YAMLDocument.parse(bytes, file: path, code: code)
    }

    private static func properties(_ folder: String) throws(MintmarkError) -> ConfigNode? {
        let path = folder + "/properties.csv"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try csv(path)
    }

    private static func csv(_ path: String) throws(MintmarkError) -> ConfigNode {
        let bytes = try InputFile.read(path, atMost: CSVDocument.maximumSize, code: .badTemplate)
        return try CSVDocument.parse(bytes, file: path, code: .badTemplate)
    }
}
