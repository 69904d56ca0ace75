// SPDX-License-Identifier: Apache-2.0
/** The columns of the list of messages. Contents are always text: HTML in them is never more than that. */
import type { Message, MessageContent } from '@kaas/http-contract'
import { Badge, Text } from '@mantine/core'
import { compactJson } from '../../format/json-text.ts'
import { formatSize } from '../../format/numbers.ts'
import { formatAgo, formatMoment, type TimeZone, zoneName } from '../../format/times.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { messageId } from './browse-log.ts'
import classes from './messages.module.css'
import { valueAtPath } from './path-columns.ts'

interface Wanted {
  readonly zone: TimeZone
  readonly paths: readonly string[]
  readonly chosen: ReadonlySet<string>
  readonly toggle: (id: string) => void
}

/** Longer than any line on a screen. */
const LINE_LENGTH = 400

export function messageColumns({ zone, paths, chosen, toggle }: Wanted): readonly Column<Message>[] {
  return [
    choiceColumn(chosen, toggle),
    {
      id: 'time',
      header: 'Time',
      sort: 'time',
      width: '192px',
      text: ({ timestamp }) => timestamp,
      cell: ({ timestampMs }) => <Time at={timestampMs} zone={zone} />,
    },
    numberColumn('partition', 'Partition', '84px', ({ partition }) => partition),
    numberColumn('offset', 'Offset', '92px', ({ offset }) => offset),
    {
      id: 'key',
      header: 'Key',
      sort: 'key',
      width: 'minmax(90px, 1fr)',
      text: ({ key }) => key?.text ?? '',
      cell: ({ key }) => <Line content={key} absent="no key" />,
    },
    ...paths.map(pathColumn),
    ...FURTHER,
  ]
}

const FURTHER: readonly Column<Message>[] = [
  {
    id: 'value',
    header: 'Value',
    width: 'minmax(220px, 4fr)',
    text: ({ value }) => value?.text ?? '',
    cell: ({ value }) => <Line content={value} absent="tombstone" />,
  },
  {
    id: 'headers',
    header: 'Headers',
    width: 'minmax(120px, 1fr)',
    hidden: true,
    text: headersText,
    cell: (message) => <span className={classes.mono}>{headersText(message)}</span>,
  },
  {
    id: 'bytes',
    header: 'Size',
    sort: 'bytes',
    width: '90px',
    align: 'end',
    text: ({ bytes }) => String(bytes),
    cell: ({ bytes }) => formatSize(bytes),
  },
]

function headersText({ headers }: Message): string {
  return headers.map(({ name, value }) => `${name}=${value?.text ?? ''}`).join(' ')
}

function choiceColumn(chosen: Wanted['chosen'], toggle: Wanted['toggle']): Column<Message> {
  return {
    id: 'chosen',
    header: 'Choice',
    width: '66px',
    text: () => '',
    cell: (message) => {
      const id = messageId(message)
      // Not by Tab: the space bar on the row does the same.
      return (
        <input
          type="checkbox"
          className={classes.choice}
          tabIndex={-1}
          aria-label={`Choose ${id}`}
          checked={chosen.has(id)}
          onChange={() => toggle(id)}
        />
      )
    },
  }
}

function numberColumn(id: string, header: string, width: string, value: (message: Message) => number): Column<Message> {
  return { id, header, width, sort: id, align: 'end', text: (message) => String(value(message)) }
}

function pathColumn(path: string): Column<Message> {
  return {
    id: `path:${path}`,
    header: path,
    sort: `path:${path}`,
    width: 'minmax(120px, 1fr)',
    text: (message) => valueAtPath(message, path) ?? '',
    cell: (message) => <span className={classes.mono}>{valueAtPath(message, path) ?? '–'}</span>,
  }
}

function Time({ at, zone }: { readonly at: number; readonly zone: TimeZone }) {
  if (at < 0) return <span>–</span>
  const date = new Date(at)
  const text = formatMoment(date, zone, true)
  return (
    <time dateTime={date.toISOString()} title={`${formatAgo(date, new Date())} · ${text} ${zoneName(zone)}`}>
      {text}
    </time>
  )
}

function Line({ content, absent }: { readonly content: MessageContent | null; readonly absent: string }) {
  if (content === null)
    return (
      <Badge variant="default" tt="none" fw={500} size="sm">
        {absent}
      </Badge>
    )
  if (content.bytes === 0)
    return (
      <Text span size="sm" c="dimmed">
        empty
      </Text>
    )
  const text = content.text.slice(0, LINE_LENGTH)
  return <span className={`${classes.mono} ${classes.clamped}`}>{content.format === 'json' ? compactJson(text) : text}</span>
}
