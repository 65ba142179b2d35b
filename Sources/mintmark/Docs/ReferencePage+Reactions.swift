// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkStation

extension ReferencePage {
    /// The table of reactions, from the switch that the clients and the outbox act by.
    static var reactions: String {
        let pace = OutboxPace()
        var text = """
            # Reactions to the cloud

            \(mark)Every call to the cloud ends in exactly one of these rows, and each row has one reaction for each call: *registration*
            (manufacture, provision), *reserve*, *look* (device search for one unit), *search* (device search for what a lost reserve
            left behind) and *sign-in* (also the renewal of tokens). A row that a call cannot meet has a reaction all the same.

            | From the cloud | Name | Registration | Reserve | Look | Search | Sign-in |
            |---|---|---|---|---|---|---|

            """
        for condition in CloudCondition.allCases {
            let row = condition.reactions
            text +=
                "| \(condition.meaning) | `\(condition.rawValue)` | \(row.registration.rawValue) | \(row.reserve.rawValue) | \(row.search.rawValue) | \(row.reserveSearch.rawValue) | \(row.session.rawValue) |\n"
        }
        text += list("Registration", RegistrationReaction.allCases.map { ($0.rawValue, $0.meaning) })
        text += list("Reserve", ReserveReaction.allCases.map { ($0.rawValue, $0.meaning) })
        text += list("Look", SearchReaction.allCases.map { ($0.rawValue, $0.meaning) })
        text += list("Search", ReserveSearchReaction.allCases.map { ($0.rawValue, $0.meaning) })
        text += list("Sign-in", SessionReaction.allCases.map { ($0.rawValue, $0.meaning) })
        return text + """

            ## Pace

            At most \(pace.width) registrations are on their way at once; a unit that waits for its next attempt holds no place. Its
            first pause is half to all of \(pace.firstPause.components.seconds) s, each further one twice as long, up to
            \(pace.longestPause.components.seconds) s; Retry-After counts for all and gets up to a tenth on top. After \(pace.failuresToStop) failures in a row without an
            answer that decides something nothing is sent until a pause of the same kind is over; then one registration goes, one
            that has not failed yet if there is one. When it gets an answer the others follow, one at a time at first and one more with each
            success. All pauses are random within their bounds, so that stations that failed together do not come back together.

            """
    }

    private static func list(_ title: String, _ rows: [(String, String)]) -> String {
        "\n## \(title)\n\n" + rows.map { "- **\($0)**: \($1)\n" }.joined()
    }
}
