// SPDX-License-Identifier: Apache-2.0
/** The problem document (RFC 9457) as it travels: its shape, and the way back from it to the error it was made from. */
import { CODES, type ErrorCode, KaasError } from '@kaas/errors'
import { z } from 'zod'

/** A failure as every route answers it. Members that are not listed are left out when read. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().describe('Stable; scripts may match on it'),
    help: z.string().optional().describe('What to do now'),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemDocument = z.infer<typeof problemSchema>

/**
 * The error that an answer which is not 2xx stands for. A body that is no problem document (a proxy's page, a newer server's
 * code) becomes `api-unavailable` for status 502 to 504 and `internal-bug` otherwise, with what was seen in the message.
 */
export function errorOfAnswer(status: number, body: unknown): KaasError {
  const parsed = problemSchema.safeParse(body)
  if (!parsed.success || !isCode(parsed.data.code)) {
    const said = parsed.success ? parsed.data.detail : 'no problem document'
    return new KaasError(status >= 502 && status <= 504 ? 'api-unavailable' : 'internal-bug', {
      message: `The server answered with status ${status} and ${said}.`,
      help: 'Check that the address is the control plane of KaaS, of this version or newer.',
    })
  }
  const { code, detail, help, fields } = parsed.data
  return new KaasError(code, {
    message: detail,
    ...(help === undefined ? {} : { help }),
    ...(fields === undefined ? {} : { fields }),
  })
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(CODES, code)
}
