// SPDX-License-Identifier: Apache-2.0
/** What a gateway tells the control plane beside the stream of its snapshot: short messages, each with an answer. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { type ErrorCode, KaasError } from '@kaas/errors'
import type { z } from 'zod'

const ANSWER_MS = 5000

/** Where the control plane is, and who says so. */
export interface ControlPlane {
  /** The snapshot's; other routes are its neighbours. */
  readonly snapshotUrl: string
  readonly tokenFile: string
}

/** This process's own name, unlike any other's. New with each start: what a dead process held is given back when its report is old. */
export const NODE_NAME = `${hostname()
  .slice(0, 40)
  .replace(/[^A-Za-z0-9.-]/g, '-')}-${randomBytes(6).toString('hex')}`

/** Posts `body` to the route beside the snapshot's. Throws `document-invalid` when it is refused as wrong, `api-unavailable` for the rest. */
export async function tellControlPlane<T>(
  { snapshotUrl, tokenFile }: ControlPlane,
  route: 'load' | 'audit',
  body: object,
  answer: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const token = (await readFile(tokenFile, 'utf8')).trim()
  const response = await fetch(new URL(route, snapshotUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  })
  if (response.ok) return answer.parse(await response.json())
  await response.body?.cancel()
  const code: ErrorCode = response.status === 400 ? 'document-invalid' : 'api-unavailable'
  throw new KaasError(code, { message: `The control plane answered with status ${response.status}.` })
}
