// SPDX-License-Identifier: Apache-2.0
/** `kaas audit`: who did what, found by the server, and `kaas audit verify`: whether the log is as it was written. */
import { setTimeout as pause } from 'node:timers/promises'
import { parseDuration } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { AuditCheckAnswer, AuditEventAnswer, AuditQueryInput } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import { type Column, renderTable } from '../render/table.ts'
import type { Session } from '../session.ts'

/** Options of `audit list`. */
export interface AuditOptions {
  readonly actor?: string
  readonly action?: string
  readonly subject?: string
  readonly tenant?: string
  readonly team?: string
  readonly outcome?: 'allowed' | 'denied'
  /** A duration. */
  readonly since?: string
  readonly text?: string
  readonly limit: number
  readonly follow?: boolean
  readonly output: Output
}

const FOLLOW_MS = 1000
const LARGEST_PAGE = 1000

/** Prints the newest records, the newest last; with `follow` those that come as well, until the caller leaves. */
export async function auditCommand(session: Session, options: AuditOptions): Promise<void> {
  const { client, terminal } = session
  const query = queryOf(options, terminal.now())
  const newest = await newestOf(session, query, options.limit)
  terminal.out(render(session, newest, options.output))
  if (options.follow !== true) return
  for (let after = Number((newest.at(-1) ?? (await client.audit({ limit: 1 })).items[0])?.sequence ?? 0); ; ) {
    const { items } = await followed(() => client.audit({ ...query, after, limit: LARGEST_PAGE }))
    after = Number(items.at(-1)?.sequence ?? after)
    terminal.out(render(session, items, options.output, false))
    await pause(FOLLOW_MS)
  }
}

/** Prints what was found; exit code 13 when somebody changed the log. */
export async function auditVerifyCommand({ client, terminal }: Session, { output }: { output: Output }): Promise<number> {
  const check = await client.checkAudit()
  terminal.out(output === 'yaml' || output === 'json' ? renderValue(check, output) : renderCheck(check))
  return check.problems.length === 0 ? 0 : CORRUPT
}

const CORRUPT = 13

function queryOf(
  { subject, since, limit: _, follow: __, output: ___, ...same }: AuditOptions,
  nowMs: number,
): AuditQueryInput {
  return {
    ...same,
    ...(subject === undefined ? {} : { below: subject.startsWith('/') ? subject : `/v1/${subject}` }),
    ...(since === undefined ? {} : { from: new Date(nowMs - parseDuration(since)).toISOString() }),
  }
}

async function newestOf({ client }: Session, query: AuditQueryInput, limit: number): Promise<readonly AuditEventAnswer[]> {
  const found: AuditEventAnswer[] = []
  for (let cursor: string | undefined; found.length < limit; ) {
    const size = Math.min(LARGEST_PAGE, limit - found.length)
    const page = await client.audit({ ...query, limit: size, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items)
    cursor = page.next
    if (cursor === undefined) break
  }
  return found.reverse()
}

/** A control plane that restarts is waited for. */
async function followed<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof KaasError) || !error.retriable) throw error
      await pause(FOLLOW_MS)
    }
  }
}

const COLUMNS: readonly Column<AuditEventAnswer>[] = [
  { title: 'TIME', cell: ({ time }) => time },
  { title: 'WHO', cell: ({ data }) => data.actor },
  { title: 'WHAT', cell: ({ data }) => data.action },
  { title: 'ON', cell: ({ subject }) => subject.replace(/^\/v1\//, '') },
  { title: 'OUTCOME', cell: ({ data }) => data.outcome },
  { title: 'DECIDED BY', cell: ({ data }) => [data.rule, data.role, data.binding].filter(Boolean).join(' '), drop: 1 },
  { title: 'WHY', cell: ({ data }) => data.message ?? '', drop: 2 },
]

function render({ terminal }: Session, events: readonly AuditEventAnswer[], output: Output, withHead = true): string {
  if (output === 'json') return events.map((event) => `${JSON.stringify(event)}\n`).join('')
  if (output === 'yaml') return events.map((event) => `---\n${renderValue(event, 'yaml')}`).join('')
  if (output === 'name') return events.map(({ id }) => `${id}\n`).join('')
  const table = renderTable(events, COLUMNS, terminal.width)
  return withHead ? table : table.slice(table.indexOf('\n') + 1)
}

function renderCheck({ records, unsealed, head, problems }: AuditCheckAnswer): string {
  const older = unsealed === 0 ? '' : `, and ${unsealed} from before seals were made`
  const lines = [
    problems.length === 0 ? 'The log is as it was written.' : 'Somebody changed the log.',
    `${records} sealed records were read${older}.`,
    ...problems.map(({ sequence, message }) => `  ${sequence}: ${message}`),
    `Written down elsewhere, this shows later that nothing was cut off: ${head}`,
  ]
  return `${lines.join('\n')}\n`
}
