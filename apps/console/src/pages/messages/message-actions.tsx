// SPDX-License-Identifier: Apache-2.0
/** Beside reading: writing a record, and taking what was asked for home as a file. */
import { Button } from '@mantine/core'
import { Download, Send } from 'lucide-react'
import { useState } from 'react'
import { useMayWriteRecords } from '../../data/topic-use.ts'
import { ExportDialog } from './export-dialog.tsx'
import { ProduceDialog } from './produce-dialog.tsx'
import { EMPTY_PRODUCE_FORM } from './produce-form.ts'
import type { QuestionProps } from './question-props.ts'

export function MessageActions(props: QuestionProps) {
  const { place, asking } = props
  const mayWrite = useMayWriteRecords(place)
  const [open, setOpen] = useState<'export' | 'produce'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Button variant="default" leftSection={<Download size={14} aria-hidden />} onClick={() => setOpen('export')}>
        Export
      </Button>
      {mayWrite && (
        <Button variant="default" leftSection={<Send size={14} aria-hidden />} onClick={() => setOpen('produce')}>
          Produce
        </Button>
      )}
      <ExportDialog {...props} opened={open === 'export'} onClose={close} />
      <ProduceDialog
        title={`Write to ${place.topic}`}
        place={place}
        start={EMPTY_PRODUCE_FORM}
        opened={open === 'produce'}
        onClose={close}
        onWritten={() => (asking.question.from === 'tail' ? undefined : asking.ask())}
      />
    </>
  )
}
