// SPDX-License-Identifier: Apache-2.0
/** What Kafka knows of a record beside its contents. */
import type { Message } from '@kaas/http-contract'
import { usePreferences } from '../../browser/preferences.ts'
import { exactSize } from '../../format/numbers.ts'
import { exactMoment, formatAgo } from '../../format/times.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import classes from './messages.module.css'

export function RecordFacts({ message }: { readonly message: Message }) {
  const { zone } = usePreferences()
  const { timestampMs, timestamp, timestampType } = message
  const date = new Date(timestampMs)
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    ['Partition', message.partition],
    ['Offset', message.offset],
    [
      'Time',
      timestampMs < 0 ? (
        'none'
      ) : (
        <>
          {exactMoment(date, zone)} ({formatAgo(date, new Date())}) <CopyButton value={timestamp} label="Copy the time" />
        </>
      ),
    ],
    ['Set by', timestampType === 'append' ? 'the broker, when it was written' : 'the producer'],
    ['Milliseconds', timestampMs],
    ['Size', exactSize(message.bytes)],
    ['Compression', message.compression],
    ['Transaction', message.transactional ? 'yes' : 'no'],
  ]
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
