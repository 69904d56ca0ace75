// SPDX-License-Identifier: Apache-2.0
/** The signals that end a gateway. */

/** Resolves with the first of them. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
