// SPDX-License-Identifier: Apache-2.0

/// An answer as whoever knows it gives it to the server.
package struct WebAnswer: Sendable, Equatable {
    package let status: Int
    package let contentType: String
    package let body: String

    package init(status: Int, contentType: String = "text/plain; charset=utf-8", body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
