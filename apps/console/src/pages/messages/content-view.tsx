// SPDX-License-Identifier: Apache-2.0
/**
 * A key or value: how it was read and why, read in another way, laid out, as written, as fields, or as bytes. Of long ones only the
 * beginning is here until the whole is asked for.
 */
import type { ContentFormat, Message, MessageContent, TopicPath } from '@kaas/http-contract'
import { Anchor, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { partLink, wholeMessageQuery } from '../../data/messages.ts'
import { bytesOfBase64 } from '../../format/hex.ts'
import { exactSize, formatSize } from '../../format/numbers.ts'
import { Failed, Loading } from '../../parts/states.tsx'
import type { Schemas } from './browse-question.ts'
import type { DetailActions } from './detail-actions.ts'
import { plainLines, prettyLines } from './display-lines.ts'
import { FieldsView } from './fields-view.tsx'
import { FORMAT_CHOICES } from './format-words.ts'
import { HexLines } from './hex-lines.tsx'
import { TextLines } from './text-lines.tsx'

interface ContentViewProps extends DetailActions {
  readonly place: TopicPath
  readonly message: Message
  readonly part: 'key' | 'value'
  readonly schemas: Schemas
}

type View = 'pretty' | 'fields' | 'raw' | 'hex'

export function ContentView(props: ContentViewProps) {
  const { place, message, part, schemas } = props
  const [format, setFormat] = useState<ContentFormat>()
  const [wantsAll, setWantsAll] = useState(false)
  const [view, setView] = useState<View>()
  const given = message[part]
  const needsWhole = format !== undefined || wantsAll || view === 'hex'
  const whole = useQuery({
    ...wholeMessageQuery(place, message.partition, message.offset, readingOf(part, format, schemas)),
    enabled: needsWhole && given !== null,
  })
  const found = needsWhole ? whole.data?.[part] : undefined
  const content = found ?? given
  if (given === null || content === null)
    return <Text size="sm">{part === 'value' ? 'A tombstone: the record has no value.' : 'The record has no key.'}</Text>
  const shown = view ?? (isJson(content) ? 'pretty' : 'raw')
  return (
    <Stack gap="xs">
      <Controls part={part} content={content} format={format} onFormat={setFormat} view={shown} onView={setView} />
      <Explanation content={content} />
      {needsWhole && whole.data === undefined ? (
        <WaitFor error={whole.error} retry={whole.refetch} />
      ) : (
        <Body {...props} content={content} base64={found?.base64} view={shown} />
      )}
      <Group gap="sm">
        {content.truncated && (
          <Button size="compact-sm" variant="default" onClick={() => setWantsAll(true)}>
            Load all {formatSize(content.bytes)}
          </Button>
        )}
        <Anchor size="sm" href={partLink(place, message.partition, message.offset, part)} download>
          Save the bytes ({formatSize(content.bytes)})
        </Anchor>
      </Group>
    </Stack>
  )
}

interface ControlsProps {
  readonly part: 'key' | 'value'
  readonly content: MessageContent
  readonly format: ContentFormat | undefined
  readonly onFormat: (format: ContentFormat) => void
  readonly view: View
  readonly onView: (view: View) => void
}

function Controls({ part, content, format, onFormat, view, onView }: ControlsProps) {
  const views = [
    ...(canBeLaidOut(content)
      ? [
          { value: 'pretty', label: 'Laid out' },
          { value: 'fields', label: 'Fields' },
        ]
      : []),
    { value: 'raw', label: 'As written' },
    { value: 'hex', label: 'Bytes' },
  ]
  return (
    <Group gap="xs" justify="space-between">
      <SegmentedControl
        size="xs"
        aria-label="How to show it"
        data={views}
        value={view}
        onChange={(next) => onView(next as View)}
      />
      <Select
        size="xs"
        w={160}
        aria-label={`Read the ${part} as`}
        allowDeselect={false}
        data={FORMAT_CHOICES}
        value={format ?? content.format}
        onChange={(next) => onFormat((next ?? 'auto') as ContentFormat)}
      />
    </Group>
  )
}

function Explanation({ content: { reason, bytes, truncated, problem } }: { readonly content: MessageContent }) {
  return (
    <Text size="xs" c="dimmed">
      {problem !== undefined && (
        <Text span size="xs" c="var(--kaas-bad-text)">
          {problem}{' '}
        </Text>
      )}
      {reason}, <span title={exactSize(bytes)}>{formatSize(bytes)}</span>
      {truncated && ', only the beginning is here'}
    </Text>
  )
}

function Body({
  content,
  base64,
  view,
  part,
  onFilter,
  onColumn,
}: ContentViewProps & { readonly content: MessageContent; readonly base64: string | undefined; readonly view: View }) {
  const { text } = content
  const lines = useMemo(() => (view === 'pretty' ? prettyLines(text) : view === 'raw' ? plainLines(text) : []), [text, view])
  const bytes = useMemo(() => (view === 'hex' && base64 !== undefined ? bytesOfBase64(base64) : undefined), [base64, view])
  const label = part === 'key' ? 'Key' : 'Value'
  switch (view) {
    case 'pretty':
    case 'raw':
      return <TextLines lines={lines} label={label} />
    case 'fields':
      return <FieldsView text={text} part={part} onFilter={onFilter} onColumn={onColumn} />
    case 'hex':
      return bytes === undefined ? null : <HexLines bytes={bytes} label={`${label} as bytes`} />
    default:
      return view satisfies never
  }
}

function WaitFor({ error, retry }: { readonly error: unknown; readonly retry: () => unknown }) {
  return error === null ? <Loading rows={4} label="Loading all of it" /> : <Failed error={error} retry={retry} />
}

function readingOf(part: 'key' | 'value', format: ContentFormat | undefined, schemas: Schemas) {
  if (format === undefined) return {}
  const withSchema = format === 'avro' || format === 'protobuf' ? schemas : {}
  return { [`${part}Format`]: format, ...withSchema }
}

/** Also large text that nobody has looked whether it is JSON. */
function canBeLaidOut(content: MessageContent): boolean {
  return isJson(content) || (content.format === 'text' && /^\s*[{[]/.test(content.text))
}

/** Whether the text is JSON, whatever the bytes were. */
function isJson({ format }: MessageContent): boolean {
  return format === 'json' || format === 'avro' || format === 'protobuf'
}
