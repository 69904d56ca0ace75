// SPDX-License-Identifier: Apache-2.0
/** Asks: from where, which partitions, what must hold; and what else can be done with the topic's messages. */
import { Button, Group, Paper, Select, Stack, TextInput } from '@mantine/core'
import { Play, Square } from 'lucide-react'
import { needsPlace } from './browse-question.ts'
import { FilterField } from './filter-field.tsx'
import { MessageActions } from './message-actions.tsx'
import { QuestionOptions } from './question-options.tsx'
import type { QuestionProps } from './question-props.ts'

const STARTS = [
  { value: 'latest', label: 'Newest' },
  { value: 'earliest', label: 'From the beginning' },
  { value: 'offset', label: 'From an offset' },
  { value: 'time', label: 'From a time' },
  { value: 'tail', label: 'Live' },
]

export function QuestionBar(props: QuestionProps) {
  const { asking } = props
  return (
    <Paper
      withBorder
      p="xs"
      component="form"
      role="search"
      aria-label="Messages"
      onSubmit={(event) => {
        event.preventDefault()
        // A dialog that was opened from here bubbles through, although it is elsewhere in the document.
        if (event.target === event.currentTarget) asking.ask()
      }}
    >
      <Stack gap="xs">
        <Group gap="xs" align="flex-start">
          <WhereFrom {...props} />
          <RunButton browse={props.browse} />
          <QuestionOptions {...props} />
          <MessageActions {...props} />
        </Group>
        <FilterField {...props} />
      </Stack>
    </Paper>
  )
}

function WhereFrom({ asking, browse }: QuestionProps) {
  const { draft, type, ask } = asking
  const problemAt = (field: string) => (browse.problem?.field === field ? browse.problem.message : undefined)
  return (
    <>
      <Select
        aria-label="From where"
        w={180}
        allowDeselect={false}
        data={STARTS}
        value={draft.from}
        onChange={(from) =>
          needsPlace(from ?? '') ? type({ from: from ?? 'latest' }) : ask({ from: from ?? 'latest', at: '' })
        }
      />
      {needsPlace(draft.from) && (
        <TextInput
          aria-label={draft.from === 'offset' ? 'First offset' : 'First time'}
          placeholder={draft.from === 'offset' ? '1500' : '2 hours ago, 10:30, 2026-11-21 10:30'}
          w={{ base: '100%', xs: 250 }}
          value={draft.at}
          error={problemAt('at')}
          onChange={(event) => type({ at: event.currentTarget.value })}
        />
      )}
      <TextInput
        aria-label="Partitions"
        placeholder="All partitions"
        w={140}
        value={draft.partitions}
        error={problemAt('partitions')}
        onChange={(event) => type({ partitions: event.currentTarget.value })}
      />
    </>
  )
}

function RunButton({ browse: { log, stop } }: Pick<QuestionProps, 'browse'>) {
  const isRunning = log.phase === 'asking' || log.phase === 'reading'
  // Keys, or the press of one would become that of the other, which sends the form.
  return isRunning ? (
    <Button key="stop" variant="default" leftSection={<Square size={13} aria-hidden />} onClick={stop}>
      Stop
    </Button>
  ) : (
    <Button key="read" type="submit" leftSection={<Play size={14} aria-hidden />}>
      Read
    </Button>
  )
}
