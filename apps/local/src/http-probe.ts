// SPDX-License-Identifier: Apache-2.0
/** Asks our own processes over HTTP whether they are ready. */

const TIMEOUT_MS = 1000

/** Whether `url` answers 2xx. Rejects when nothing listens there. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  await response.arrayBuffer()
  return response.ok
}
