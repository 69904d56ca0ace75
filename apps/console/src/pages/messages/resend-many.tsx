// SPDX-License-Identifier: Apache-2.0
/** Sends the chosen messages again, byte by byte, to the same or another topic of the tenant. Says of each what became of it. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { Button, Group, Modal, Progress, Stack, Switch, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { produceMessages, readWholeMessage } from '../../data/messages.ts'
import { counted } from '../../format/numbers.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { type ResendResult, resend } from './resend.ts'
import { TopicSelect } from './topic-select.tsx'

interface ResendManyProps {
  readonly place: TopicPath
  readonly messages: readonly Message[]
  readonly opened: boolean
  readonly onClose: () => void
}

export function ResendMany(props: ResendManyProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={`Send ${counted(props.messages.length, 'message')} again`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Questions {...props} />
    </Modal>
  )
}

function Questions({ place, messages, onClose }: ResendManyProps) {
  const [topic, setTopic] = useState(place.topic)
  const [keepsPartition, setKeepsPartition] = useState(false)
  const { done, result, error, isRunning, run, stop } = useResending(place, messages)
  return (
    <Stack gap="sm">
      <Text size="sm">
        Keys, values and headers stay as they are, byte by byte. The time becomes that of now, and the order that of the
        offsets.
      </Text>
      <TopicSelect tenant={place.tenant} value={topic} onChange={setTopic} />
      <Switch
        label="Into the same partitions; else by the key"
        checked={keepsPartition}
        onChange={(event) => setKeepsPartition(event.currentTarget.checked)}
      />
      {done > 0 && <Progress value={(done / messages.length) * 100} aria-label="Sent" />}
      <FailedLine error={error} />
      <Outcome result={result} total={messages.length} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={isRunning ? stop : onClose}>
          {isRunning ? 'Stop' : 'Close'}
        </Button>
        <Button loading={isRunning} disabled={result !== undefined} onClick={() => run(topic, keepsPartition)}>
          Send to {topic}
        </Button>
      </Group>
    </Stack>
  )
}

function Outcome({ result, total }: { readonly result: ResendResult | undefined; readonly total: number }) {
  if (result === undefined) return null
  return (
    <Text size="sm" role="status">
      {result.written} of {counted(total, 'message')} were written.
      {result.problems.slice(0, 5).map((problem) => ` ${problem}`)}
    </Text>
  )
}

function useResending(place: TopicPath, messages: readonly Message[]) {
  const [done, setDone] = useState(0)
  const [result, setResult] = useState<ResendResult>()
  const [error, setError] = useState<unknown>()
  const [isRunning, setRunning] = useState(false)
  const controller = useRef<AbortController>(undefined)
  const run = (topic: string, keepsPartition: boolean) => {
    controller.current = new AbortController()
    setRunning(true)
    setError(undefined)
    const target = { tenant: place.tenant, topic }
    const read = ({ partition, offset }: Message) => readWholeMessage(place, partition, offset)
    resend(
      messages,
      { read, keepsPartition, write: (request) => produceMessages(target, request) },
      setDone,
      controller.current.signal,
    )
      .then(setResult, setError)
      .finally(() => setRunning(false))
  }
  return { done, result, error, isRunning, run, stop: () => controller.current?.abort() }
}
