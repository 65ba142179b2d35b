// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkSandbox
import MintmarkStation

/// Reads what the virtual cloud makes twins from, also the files that a station reads.
enum SandboxTemplates {
    /// Each text is a template's folder, `MODEL@VERSION=FILE` with a properties.csv, or a JSON file of templates.
    ///
    /// - Throws: `.badTemplate` or `.badInput`, naming file and place.
    static func read(_ texts: [String]) throws(MintmarkError) -> [CloudTemplate] {
        var templates: [CloudTemplate] = []
        for text in texts {
            for template in try read(text, firstID: (templates.map(\.id).max() ?? 0) + 1) {
                guard !templates.contains(where: { $0.id == template.id }) else {
                    throw MintmarkError(
                        .badInput, "\(text): the template \"\(template.name)\" has the id \(template.id) of another",
                        next: "Give each template an id of its own.")
                }
                templates.append(template)
            }
        }
        return templates
    }

    private static func read(_ text: String, firstID: Int64) throws(MintmarkError) -> [CloudTemplate] {
        if let (product, path) = named(text) {
            let properties = try StationFiles.properties(of: StationFiles.absolute(path))
            return [template(firstID, product.model, product.model, product.version, properties)]
        }
        let path = StationFiles.absolute(text)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw MintmarkError(.badInput, "there is no \(path)", next: "Check the path of --templates.")
        }
        if isFolder.boolValue {
            let read = try StationFiles.template(path)
            return [template(firstID, read.name, read.oemModel, read.oemHostVersion, read.properties)]
        }
        guard !path.hasSuffix(".csv") else {
            throw MintmarkError(
                .badInput, "\(path) does not say for which OEM model and version it is",
                next: "Write MODEL@VERSION=\(text), or name the folder if a template.yaml is in it.")
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw MintmarkError(.badInput, "\(path) cannot be read", next: "Check its permissions.")
        }
        return try CloudTemplate.list(Array(content), file: path)
    }

    /// `lamp-one@1.0=lamp/properties.csv`
    private static func named(_ text: String) -> (product: (model: String, version: String), path: String)? {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let product = parts.first?.split(separator: "@", maxSplits: 1).map(String.init) ?? []
        guard parts.count == 2, product.count == 2, !product[0].contains("/") else { return nil }
        return ((product[0], product[1]), parts[1])
    }

    /// Of the company that the virtual cloud has from the start.
    private static func template(
        _ id: Int64, _ name: String, _ oemModel: String, _ version: String,
        _ properties: [MintmarkStation.TemplateProperty]
    ) -> CloudTemplate {
        CloudTemplate(
            id: id, name: name, oem: CloudAccount.publicAccount.oemID, oemModel: oemModel, version: version,
            properties: properties.map {
                MintmarkSandbox.TemplateProperty(
                    $0.name, $0.baseType, $0.direction, scope: $0.scope, isAcknowledged: $0.ackEnabled)
            })
    }
}
