// SPDX-License-Identifier: Apache-2.0
/** What the raw value of a topic's setting means to people: `2419200000` of `retention.ms` is `4 weeks`. Pure. */
import { renderBinarySize } from '@kaas/domain'

/** The meaning; undefined where the raw value says as much. */
export function meaningOf(name: string, value: string): string | undefined {
  const number = /^-?\d{1,19}$/.test(value) ? Number(value) : undefined
  if (number === undefined) return name.endsWith('.ratio') ? shareOf(value) : WORDS[`${name}=${value}`]
  if (NO_END.has(name) && (number === -1 || number >= FOR_EVER)) return 'unlimited'
  if (name.startsWith('local.retention') && number === -2) return 'as the whole topic'
  if (number >= FOR_EVER && /(\.ms|\.messages|\.bytes)$/.test(name)) return 'never'
  if (name.endsWith('.ms')) return durationOf(number)
  if (name.endsWith('.bytes')) return renderBinarySize(number).replace(/([\d.]+)/, '$1 ')
  return WORDS[`${name}=${value}`]
}

/** A duration in the words of a calendar: whole weeks, days, hours, minutes or seconds, the largest that fits; else the two largest. */
export function durationOf(milliseconds: number): string {
  if (milliseconds < 0) return 'unlimited'
  if (milliseconds === 0) return 'at once'
  const parts: string[] = []
  let rest = milliseconds
  for (const [word, size] of UNITS) {
    if (word === 'week' && rest % size !== 0) continue
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count} ${word}${count === 1 || word === 'ms' ? '' : 's'}`)
    rest -= count * size
    if (rest === 0 || parts.length === 2) break
  }
  return parts.join(' ')
}

const UNITS = [
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['ms', 1],
] as const

/** Kafka writes "no limit" as -1, and for some settings as the largest number of 64 bits. */
const NO_END: ReadonlySet<string> = new Set([
  'retention.ms',
  'retention.bytes',
  'local.retention.ms',
  'local.retention.bytes',
])
const FOR_EVER = 2 ** 63 - 1024

function shareOf(value: string): string | undefined {
  const share = Number(value)
  return Number.isFinite(share) ? `${Number((share * 100).toPrecision(3))} %` : undefined
}

const WORDS: Readonly<Record<string, string>> = {
  'cleanup.policy=delete': 'old records are deleted',
  'cleanup.policy=compact': 'the newest record of each key is kept',
  'cleanup.policy=compact,delete': 'the newest record of each key is kept, until it is too old',
  'cleanup.policy=delete,compact': 'the newest record of each key is kept, until it is too old',
  'compression.type=producer': 'as the producer sends it',
  'compression.type=uncompressed': 'not compressed',
  'message.timestamp.type=CreateTime': 'when the producer made the record',
  'message.timestamp.type=LogAppendTime': 'when the broker took the record',
  'min.insync.replicas=1': 'the leader alone is enough',
}
