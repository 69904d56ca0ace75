// SPDX-License-Identifier: Apache-2.0
/** One message in full: value, key, headers and what Kafka knows of it. A link to it works also when no list has it. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { ActionIcon, Group, Stack, Tabs, Text, Title, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { wholeMessageQuery } from '../../data/messages.ts'
import { QueryStates } from '../../parts/states.tsx'
import { parseMessageId } from './browse-log.ts'
import type { Schemas } from './browse-question.ts'
import { ContentView } from './content-view.tsx'
import { CopyMenu } from './copy-menu.tsx'
import type { DetailActions } from './detail-actions.ts'
import { HeadersView } from './headers-view.tsx'
import classes from './messages.module.css'
import { RecordFacts } from './record-facts.tsx'
import { ResendOne } from './resend-one.tsx'

interface MessageDetailProps extends DetailActions {
  readonly place: TopicPath
  /** `partition:offset`, from the address. */
  readonly id: string
  /** When the list has it. */
  readonly message: Message | undefined
  readonly schemas: Schemas
  readonly onClose: () => void
  /** To the message so many lines below in the list. */
  readonly onMove: (steps: number) => void
}

export function MessageDetail(props: MessageDetailProps) {
  const { place, id, message, onClose, onMove } = props
  const at = parseMessageId(id)
  const heading = useFocusWhileOpen()
  const query = useQuery({
    ...wholeMessageQuery(place, at?.partition ?? 0, at?.offset ?? 0),
    enabled: message === undefined && at !== undefined,
  })
  return (
    <section
      className={classes.detail}
      aria-label={`Message ${id}`}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4" ref={heading} tabIndex={-1} className={classes.heading}>
          Partition {at?.partition ?? '?'}, offset {at?.offset ?? '?'}
        </Title>
        <Group gap={2} wrap="nowrap">
          {message !== undefined && <Neighbours onMove={onMove} />}
          <Tooltip label="Close">
            <ActionIcon variant="subtle" color="gray" aria-label="Close the message" onClick={onClose}>
              <X size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {at === undefined ? (
        <Text size="sm">This link names no message: it should end in a partition and an offset, as in 2:1500.</Text>
      ) : (
        <QueryStates query={message === undefined ? query : { ...query, data: message }}>
          {(found) => <Parts key={id} {...props} message={found} />}
        </QueryStates>
      )}
    </section>
  )
}

/** The focus goes to the detail when it opens, and back to the row when it closes; a page that was opened by a link keeps its own. */
function useFocusWhileOpen() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    if (!(before instanceof HTMLElement) || before === document.body || before.tagName === 'H1') return
    heading.current?.focus({ preventScroll: true })
    return () => before.focus({ preventScroll: true })
  }, [])
  return heading
}

function Neighbours({ onMove }: { readonly onMove: (steps: number) => void }) {
  return (
    <>
      <Tooltip label="The one above">
        <ActionIcon variant="subtle" color="gray" aria-label="The message above" onClick={() => onMove(-1)}>
          <ArrowUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="The one below">
        <ActionIcon variant="subtle" color="gray" aria-label="The message below" onClick={() => onMove(1)}>
          <ArrowDown size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  )
}

function Parts({ place, message, schemas, onFilter, onColumn }: MessageDetailProps & { readonly message: Message }) {
  const [tab, setTab] = useState<string | null>('value')
  const shared = { place, message, schemas, onFilter, onColumn }
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <CopyMenu place={place} message={message} />
        <ResendOne place={place} message={message} />
      </Group>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="value">Value</Tabs.Tab>
          <Tabs.Tab value="key">Key</Tabs.Tab>
          <Tabs.Tab value="headers">Headers ({message.headers.length})</Tabs.Tab>
          <Tabs.Tab value="record">Record</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="value" pt="xs">
          <ContentView part="value" {...shared} />
        </Tabs.Panel>
        <Tabs.Panel value="key" pt="xs">
          <ContentView part="key" {...shared} />
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="xs">
          <HeadersView message={message} onFilter={onFilter} />
        </Tabs.Panel>
        <Tabs.Panel value="record" pt="xs">
          <RecordFacts message={message} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
