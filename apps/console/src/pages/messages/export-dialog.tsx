// SPDX-License-Identifier: Apache-2.0
/** What was asked for as a file: the server reads anew and streams, so that far more fits than the list shows. */
import { MOST_EXPORTED } from '@kaas/http-contract'
import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { exportLink } from '../../data/messages.ts'
import { requestFor } from './browse-question.ts'
import type { QuestionBarProps } from './question-bar.tsx'

const FORMATS = [
  { value: 'jsonl', label: 'JSON lines' },
  { value: 'json', label: 'JSON' },
  { value: 'csv', label: 'CSV' },
]

interface ExportDialogProps extends QuestionBarProps {
  readonly opened: boolean
  readonly onClose: () => void
}

export function ExportDialog({ place, asking, opened, onClose }: ExportDialogProps) {
  const { zone } = usePreferences()
  const [format, setFormat] = useState('jsonl')
  const [limit, setLimit] = useState(10_000)
  const isTail = asking.question.from === 'tail'
  const asked = requestFor(isTail ? { ...asking.question, from: 'latest' } : asking.question, zone, new Date())
  const needsSchema = [asking.question.key, asking.question.value].some((name) => name === 'avro' || name === 'protobuf')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Export messages of ${place.topic}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        <Text size="sm">
          The file has what you asked for, with the filter, read anew and in full{isTail && '; not live, but the newest'}.
          {needsSchema && ' Schemas do not fit a download: contents are read automatically.'}
        </Text>
        <SegmentedControl aria-label="Format" data={FORMATS} value={format} onChange={setFormat} />
        <NumberInput
          label="At most"
          description="Messages, up to a million"
          min={1}
          max={MOST_EXPORTED}
          thousandSeparator
          value={limit}
          onChange={(value) => setLimit(Number(value) || 1)}
        />
        {asked.kind === 'problem' ? (
          <Text size="sm" c="var(--kaas-bad-text)">
            {asked.message}
          </Text>
        ) : (
          <Group justify="flex-end">
            <Button
              component="a"
              href={exportLink(place, exportOf(asked.request, format, limit, needsSchema))}
              download
              onClick={onClose}
            >
              Download
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function exportOf(request: object, format: string, limit: number, automatic: boolean) {
  const reading = automatic ? { keyFormat: 'auto', valueFormat: 'auto' } : {}
  return { ...request, ...reading, limit, format: format as 'jsonl' | 'json' | 'csv' } as const as Parameters<
    typeof exportLink
  >[1]
}
