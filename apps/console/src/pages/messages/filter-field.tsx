// SPDX-License-Identifier: Apache-2.0
/** The filter in CEL and the plain search, with examples and with what the server says of them. */
import { ActionIcon, Anchor, Button, Code, Group, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { CircleHelp } from 'lucide-react'
import { FILTER_EXAMPLES } from './filter-text.ts'
import type { QuestionProps } from './question-props.ts'
import type { BrowseState } from './use-browse-log.ts'

export function FilterField({ asking, browse }: QuestionProps) {
  const { draft, question, type, ask } = asking
  const isTyping = draft.filter !== question.filter || draft.search !== question.search
  const refused = browse.problem?.field === 'filter' ? browse.problem.message : filterProblem(browse.failure)
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        aria-label="Filter in CEL"
        placeholder='Only where: value.status == "failed"'
        style={{ flex: '3 1 280px' }}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        autoComplete="off"
        spellCheck={false}
        value={draft.filter}
        error={isTyping ? undefined : refused}
        onChange={(event) => type({ filter: event.currentTarget.value })}
        rightSection={<Examples onChoose={(filter) => type({ filter })} />}
      />
      <TextInput
        type="search"
        aria-label="Text in key, value or headers"
        placeholder="Text in key, value or headers"
        style={{ flex: '1 1 200px' }}
        value={draft.search}
        onChange={(event) => type({ search: event.currentTarget.value })}
      />
      {(question.filter !== '' || question.search !== '') && (
        <Button variant="subtle" color="gray" onClick={() => ask({ filter: '', search: '' })}>
          Clear
        </Button>
      )}
    </Group>
  )
}

/** What the server says of the filter itself: then it stands at the field, and nowhere else. */
export function filterProblem(failure: BrowseState['failure']): string | undefined {
  return failure?.fields.find(({ path }) => path.split('.').at(-1) === 'filter')?.message
}

function Examples({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-end" width={430} withinPortal trapFocus>
      <Popover.Target>
        <Tooltip label="Examples">
          <ActionIcon variant="subtle" color="gray" aria-label="Examples of filters" onClick={toggle}>
            <CircleHelp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown style={{ maxWidth: '94vw' }}>
        <Stack gap={6}>
          <Text size="sm">
            A filter is an expression in CEL. <Code>value</Code> and <Code>key</Code> have the members of JSON.
          </Text>
          <ExampleList
            onChoose={(text) => {
              onChoose(text)
              close()
            }}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function ExampleList({ onChoose }: { readonly onChoose: (text: string) => void }) {
  return FILTER_EXAMPLES.map(({ text, finds }) => (
    <div key={text}>
      <Anchor component="button" type="button" ta="left" ff="monospace" size="sm" onClick={() => onChoose(text)}>
        {text}
      </Anchor>
      <Text size="xs" c="dimmed">
        {finds}
      </Text>
    </div>
  ))
}
