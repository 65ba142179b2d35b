// SPDX-License-Identifier: Apache-2.0
internal import Dispatch

/// Runs tasks on the queue on which serial bytes arrive, so that a dialog goes on without a change of threads.
package final class SerialTaskExecutor: TaskExecutor {
    package static let shared = SerialTaskExecutor()

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        TTYPort.queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
