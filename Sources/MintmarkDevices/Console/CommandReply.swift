// SPDX-License-Identifier: Apache-2.0

/// What a unit answered to one command.
struct CommandReply {
    /// The reply's own lines, without echo, log lines and prompt.
    let lines: [String]
    let logs: [LogLine]
    /// The prompt that ended the reply.
    let prompt: ConsolePrompt
    let isEchoed: Bool

    /// The first line that means refusal for a command that sets something.
    var refusal: String? {
        lines.first { line in Refusals.setter.contains { line.contains($0) } }
            ?? logs.first(where: \.tellsOfFailure).map { "\($0.module): \($0.text)" }
    }

    /// The first line that means refusal for a command that only reads; its data may hold any word.
    var readRefusal: String? {
        lines.first { line in Refusals.reader.contains { line.hasPrefix($0) } }
    }
}

/// Texts by which a unit refuses.
enum Refusals {
    static let reader = [
        "usage", "unrecognized command", "Unrecognized command", "Unknown command", "CLI disabled",
        "command line too long", "Command returned non-zero error code", "invalid file number",
    ]

    static let setter =
        reader + [
            "FAIL:", "not in mfg mode", "not in setup mode", "not in mfg or setup mode", "requires factory reset",
            "not supported", "not permitted", "not allowed", "invalid", "error", "err ", "wrong key",
            "no record of mfg tests passing", "exceeds maximum", "unused args", "does not exist", "cannot ",
        ]
}
