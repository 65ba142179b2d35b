// SPDX-License-Identifier: Apache-2.0

/// A value of a configuration file, with the place it stands at. Scalars are always text.
package struct ConfigNode: Sendable, Equatable {
    package indirect enum Content: Sendable, Equatable {
        case scalar(String)
        case list([ConfigNode])
        case map([ConfigMember])
    }

    package let content: Content
    package let place: ConfigPlace

    package init(_ content: Content, at place: ConfigPlace) {
        self.content = content
        self.place = place
    }
}

/// One key of a map, with the place of the key.
package struct ConfigMember: Sendable, Equatable {
    package let key: String
    package let place: ConfigPlace
    package let value: ConfigNode

    package init(key: String, place: ConfigPlace, value: ConfigNode) {
        self.key = key
        self.place = place
        self.value = value
    }
}

/// File, line and column, both from 1; prints as `FILE:LINE:COLUMN`.
package struct ConfigPlace: Sendable, Equatable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}
