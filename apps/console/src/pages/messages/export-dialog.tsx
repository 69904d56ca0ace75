// SPDX-License-Identifier: Apache-2.0
/** What was asked for as a file: the server reads anew and streams, so that far more fits than the list shows. */
import { MOST_EXPORTED } from '@kaas/http-contract'
import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { exportLink } from '../../data/messages.ts'
import { requestFor } from './browse-question.ts'
import type { QuestionProps } from './question-props.ts'

const FORMATS = [
  { value: 'jsonl', label: 'JSON lines' },
  { value: 'json', label: 'JSON' },
  { value: 'csv', label: 'CSV' },
]

type Format = 'jsonl' | 'json' | 'csv'

interface ExportDialogProps extends QuestionProps {
  readonly opened: boolean
  readonly onClose: () => void
}

export function ExportDialog(props: ExportDialogProps) {
  const { place, opened, onClose } = props
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Export messages of ${place.topic}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ExportForm {...props} />
    </Modal>
  )
}

function ExportForm({ place, asking: { question }, onClose }: ExportDialogProps) {
  const { zone } = usePreferences()
  const [format, setFormat] = useState<Format>('jsonl')
  const [limit, setLimit] = useState(10_000)
  const isTail = question.from === 'tail'
  const asked = requestFor(isTail ? { ...question, from: 'latest' } : question, zone, new Date())
  const needsSchema = [question.key, question.value].some((name) => name === 'avro' || name === 'protobuf')
  return (
    <Stack gap="sm">
      <Text size="sm">
        The file has what you asked for, with the filter, read anew and in full{isTail && '; not live, but the newest'}.
        {needsSchema && ' Schemas do not fit a download: contents are read automatically.'}
      </Text>
      <SegmentedControl aria-label="Format" data={FORMATS} value={format} onChange={(next) => setFormat(next as Format)} />
      <Limit value={limit} onChange={setLimit} />
      {asked.kind === 'problem' ? (
        <Text size="sm" c="var(--kaas-bad-text)">
          {asked.message}
        </Text>
      ) : (
        <Group justify="flex-end">
          <Button
            component="a"
            href={exportLink(place, { ...asked.request, ...(needsSchema && AUTOMATIC), limit, format })}
            download
            onClick={onClose}
          >
            Download
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Limit({ value, onChange }: { readonly value: number; readonly onChange: (limit: number) => void }) {
  return (
    <NumberInput
      label="At most"
      description="Messages, up to a million"
      min={1}
      max={MOST_EXPORTED}
      thousandSeparator
      value={value}
      onChange={(next) => onChange(Number(next) || 1)}
    />
  )
}

const AUTOMATIC = { keyFormat: 'auto', valueFormat: 'auto' } as const
