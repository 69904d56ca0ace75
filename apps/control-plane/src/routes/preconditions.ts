// SPDX-License-Identifier: Apache-2.0
/** ETag, If-Match and If-None-Match (RFC 9110, 13.1): the tag of a resource is its generation. */
import type { IncomingHttpHeaders } from 'node:http'
import { KaasError } from '@kaas/errors'

/** The ETag of a generation. */
export function etagOf(generation: number): string {
  return `"${generation}"`
}

/** The generation a write expects; 0 for "must not exist yet", undefined for any. Throws `usage-invalid` for other tags. */
export function expectedGeneration(headers: IncomingHttpHeaders): number | undefined {
  if (headers['if-none-match'] !== undefined) {
    if (headers['if-none-match'].trim() === '*') return 0
    throw tagError('If-None-Match', '*')
  }
  const tag = headers['if-match']?.trim()
  if (tag === undefined || tag === '*') return undefined
  const generation = /^(?:W\/)?"(\d{1,9})"$/.exec(tag)?.[1]
  if (generation === undefined) throw tagError('If-Match', '"3"')
  return Number(generation)
}

function tagError(header: string, example: string): KaasError {
  return new KaasError('usage-invalid', {
    message: `The header ${header} cannot be read.`,
    help: `Send the ETag of the resource as it was answered, for example ${header}: ${example}.`,
  })
}
