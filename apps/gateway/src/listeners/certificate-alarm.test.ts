// SPDX-License-Identifier: Apache-2.0
import type { Fields, Log } from '@kaas/telemetry'
import { expect, test } from 'vitest'
import { CertificateAlarm } from './certificate-alarm.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const END = new Date('2026-12-01T00:00:00Z')

test('the end of a certificate is told a week before, once a day, and once an hour when it has come', () => {
  const { alarm, lines } = listening()
  const check = (beforeMs: number) => alarm.check(new Map([['public', END]]), END.getTime() - beforeMs)
  check(8 * DAY_MS)
  expect(lines).toEqual([])
  for (const beforeMs of [6 * DAY_MS, 6 * DAY_MS - 1000, 5 * DAY_MS]) check(beforeMs)
  expect(lines).toEqual(['warn public', 'warn public'])
  for (const beforeMs of [0, -1000, -HOUR_MS]) check(beforeMs)
  expect(lines.slice(2)).toEqual(['error public', 'error public'])
})

test('a renewed certificate is no longer spoken of, another listener is', () => {
  const { alarm, lines } = listening()
  const renewed = new Date(END.getTime() + 90 * DAY_MS)
  alarm.check(new Map([['public', END]]), END.getTime())
  alarm.check(new Map([['public', renewed]]), END.getTime() + HOUR_MS)
  alarm.check(new Map([['inside', END]]), END.getTime() + HOUR_MS)
  expect(lines).toEqual(['error public', 'error inside'])
})

function listening() {
  const lines: string[] = []
  const add = (level: string) => (fields: Fields) => void lines.push(`${level} ${fields.listener}`)
  const log: Log = { debug: () => {}, info: () => {}, warn: add('warn'), error: add('error'), child: () => log }
  return { alarm: new CertificateAlarm(log), lines }
}
