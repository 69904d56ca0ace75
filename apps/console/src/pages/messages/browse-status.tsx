// SPDX-License-Identifier: Apache-2.0
/** How far a browse came, how fast, what it left out, why it ended, and going on from there. */
import { Alert, Button, Group, Progress, Stack, Text, Tooltip } from '@mantine/core'
import { Radio, TriangleAlert } from 'lucide-react'
import { counted, formatCount, formatSize } from '../../format/numbers.ts'
import { formatDuration } from '../../format/times.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { type BrowseLog, isFull } from './browse-log.ts'
import { filterProblem } from './filter-field.tsx'
import type { BrowseState } from './use-browse-log.ts'
import type { QuestionState } from './use-question.ts'

interface BrowseStatusProps {
  readonly browse: BrowseState
  readonly asking: QuestionState
}

export function BrowseStatus({ browse, asking }: BrowseStatusProps) {
  const { log, failure, goOn } = browse
  const isTail = asking.question.from === 'tail'
  const canGoOn = log.phase === 'done' && log.cursor !== undefined && !isFull(log)
  return (
    <Stack gap={6}>
      <Group gap="sm" mih={28} role="status" aria-live="polite">
        <Text size="sm" component="div">
          <Words log={log} isTail={isTail} />
        </Text>
        {canGoOn && (
          <Button size="compact-sm" variant="default" onClick={goOn}>
            Go on
          </Button>
        )}
      </Group>
      {!isTail && <Bar log={log} />}
      {filterProblem(failure) === undefined && <FailedLine error={failure} />}
      <LeftOut log={log} />
    </Stack>
  )
}

function Bar({ log: { phase, total, progress } }: { readonly log: BrowseLog }) {
  const isRunning = phase === 'asking' || phase === 'reading'
  const share = total === undefined || total === 0 ? 0 : ((progress?.scanned ?? 0) / total) * 100
  if (!isRunning) return null
  return (
    <Progress
      value={progress === undefined ? 100 : share}
      animated={progress === undefined}
      size="xs"
      aria-label="Scanned"
    />
  )
}

function Words({ log, isTail }: { readonly log: BrowseLog; readonly isTail: boolean }) {
  const { phase, progress, total } = log
  if (phase === 'idle' || phase === 'asking') return <>Asking …</>
  const scanned = progress === undefined ? '' : scannedWords(log, isTail)
  if (phase === 'reading') {
    if (isTail)
      return (
        <Group gap={6} component="span">
          <Radio size={14} aria-hidden /> Live: new messages show as they come{scanned === '' ? '' : `; ${scanned}`}
        </Group>
      )
    return <>{scanned === '' ? `Reading${total === undefined ? '' : ` ${formatCount(total)} records`} …` : scanned}</>
  }
  return (
    <>
      {endWords(log)} {scanned}
    </>
  )
}

/** Of fewer records the rate says nothing. */
const LEAST_FOR_RATE = 5000

function scannedWords({ progress, total, phase }: BrowseLog, isTail: boolean): string {
  if (progress === undefined) return ''
  const { scanned, scannedBytes, perSecond, elapsedMs } = progress
  const of = isTail || total === undefined || phase === 'done' ? '' : ` of ${formatCount(total)}`
  const rate = scanned < LEAST_FOR_RATE ? '' : `, ${formatCount(perSecond)} a second`
  return `${formatCount(scanned)}${of} scanned (${formatSize(scannedBytes)}) in ${formatDuration(elapsedMs)}${rate}`
}

function endWords({ phase, end, cursor, messages, emptyPartitions }: BrowseLog): string {
  if (phase === 'stopped') return 'Stopped.'
  if (phase === 'failed') return messages.length === 0 ? '' : 'This was found before it failed.'
  switch (end) {
    case 'limit':
      return `The first ${counted(messages.length, 'message')}${cursor === undefined ? '' : '; there is more'}.`
    case 'end':
      return emptyPartitions ? 'Nothing is in these partitions.' : 'That is all.'
    case 'max-records':
    case 'max-bytes':
      return 'As much as was to be scanned.'
    case 'max-seconds':
      return 'Its time was up.'
    case 'stopped':
      return 'The server ended it.'
    case undefined:
      return ''
    default:
      return end satisfies never
  }
}

function LeftOut({ log: { progress, warnings, dropped } }: { readonly log: BrowseLog }) {
  const errors = progress?.filterErrors ?? 0
  if (errors === 0 && warnings.length === 0 && dropped === 0) return null
  return (
    <Alert variant="default" p="xs" icon={<TriangleAlert size={16} aria-hidden />}>
      {errors > 0 && (
        <Tooltip label={progress?.firstFilterError ?? ''} disabled={progress?.firstFilterError === undefined}>
          <Text size="sm">
            The filter did not fit {counted(errors, 'record')}, which are not shown. The first time:{' '}
            {progress?.firstFilterError}
          </Text>
        </Tooltip>
      )}
      {warnings.map((warning) => (
        <Text size="sm" key={warning}>
          {warning}
        </Text>
      ))}
      {dropped > 0 && <Text size="sm">{counted(dropped, 'older message')} left the list to make room.</Text>}
    </Alert>
  )
}
