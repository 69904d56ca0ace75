// SPDX-License-Identifier: Apache-2.0
/** Where a browse goes on: what is left of each partition, as text that only we read. */
import { KaasError } from '@kaas/errors'
import { z } from 'zod'

const cursorSchema = z
  .array(z.tuple([z.number().int().min(0), z.number().int().min(0), z.number().int().min(0)]))
  .max(100_000)

/** Partition, from, to. */
export type Cursor = readonly (readonly [partition: number, from: number, to: number])[]

/** Undefined when nothing is left. */
export function renderCursor(left: Cursor): string | undefined {
  const some = left.filter(([, from, to]) => from < to)
  return some.length === 0 ? undefined : Buffer.from(JSON.stringify(some)).toString('base64url')
}

/** Throws `usage-invalid` for what is none. */
export function readCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new KaasError('usage-invalid', {
      message: 'The cursor cannot be read.',
      help: 'Take `cursor` of the last event as it is, or begin without one.',
    })
  }
}
