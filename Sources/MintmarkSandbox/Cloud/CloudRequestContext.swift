// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import NIOCore

/// A request's context that knows its connection, so that a fault can close it.
struct CloudRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
