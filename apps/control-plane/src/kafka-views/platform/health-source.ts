// SPDX-License-Identifier: Apache-2.0
/** How a part of the platform tells how it is. Whoever owns a part offers one of these. */
import type { PlatformPart } from '@kaas/http-contract'

/** One owner of parts. */
export interface HealthSource {
  /** The part that is `unknown` while `read` fails. */
  readonly name: string
  /** Its parts now. What it throws, or taking longer than a few seconds, is told as `unknown` with the reason. */
  read(): Promise<readonly PlatformPart[]>
}
