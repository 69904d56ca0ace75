// SPDX-License-Identifier: Apache-2.0
/** Whether the parts of the platform are well. All are asked side by side, and one that does not answer is told as unknown. */
import { asKaasError } from '@kaas/errors'
import type { PlatformPart } from '@kaas/http-contract'
import type { HealthSource } from './health-source.ts'

const TIMEOUT_MS = 3_000

/** The parts in the order of `sources`. Never throws. */
export async function platformHealth(
  sources: readonly HealthSource[],
  version: string,
): Promise<{ readonly version: string; readonly parts: readonly PlatformPart[] }> {
  return { version, parts: (await Promise.all(sources.map(readOne))).flat() }
}

async function readOne({ name, read }: HealthSource): Promise<readonly PlatformPart[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not say anything in ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS)
  })
  try {
    return await Promise.race([read(), late])
  } catch (error) {
    const { message } = error instanceof Error ? error : asKaasError(error)
    return [{ name, state: 'unknown', message }]
  } finally {
    clearTimeout(timer)
  }
}
