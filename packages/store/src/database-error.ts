// SPDX-License-Identifier: Apache-2.0
/** What a failure of the database means. Codes are PostgreSQL's SQLSTATE (appendix A) and Node's system errors. */
import { KaasError } from '@kaas/errors'

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOENT',
])
/** Connection exceptions, shutting down, out of connections, cannot connect now. */
const AWAY_STATES = /^(08|57P|53)/
const RETRY_STATES = new Set(['40001', '40P01'])

/** A KaasError as it is, an unreachable database as `database-unavailable`, anything else unchanged. */
export function databaseErrorOf(thrown: unknown): unknown {
  if (thrown instanceof KaasError || !isAway(thrown)) return thrown
  return new KaasError('database-unavailable', {
    message: `The database cannot be reached: ${thrown instanceof Error ? thrown.message || codeOf(thrown) : String(thrown)}.`,
    help: 'Check that PostgreSQL runs and that KAAS_DATABASE_URL is right; the control plane goes on by itself.',
    cause: thrown,
  })
}

/** True for a deadlock or a serialization failure: the same transaction may succeed when run again. */
export function isWorthRetrying(thrown: unknown): boolean {
  return RETRY_STATES.has(codeOf(thrown))
}

function isAway(thrown: unknown): boolean {
  const code = codeOf(thrown)
  if (AWAY.has(code) || AWAY_STATES.test(code)) return true
  const message = thrown instanceof Error ? thrown.message : ''
  return /Connection terminated|timeout exceeded when trying to connect|timeout expired/i.test(message)
}

function codeOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : ''
}
