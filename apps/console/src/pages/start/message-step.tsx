// SPDX-License-Identifier: Apache-2.0
/** The last step: a message is written, and read again from where Kafka put it. */
import { Button, Code, Group, Space, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useFirstMessage } from '../../data/first-message.ts'
import { formatDuration } from '../../format/times.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Moment } from '../../parts/moment.tsx'
import type { StepState } from './first-steps-state.ts'
import { Step } from './step.tsx'

interface MessageStepProps {
  readonly state: StepState
  readonly tenant: string
  readonly topic: string
  readonly onSeen: () => void
}

export function MessageStep({ state, tenant, topic, onSeen }: MessageStepProps) {
  const [text, setText] = useState('Hello, Kafka')
  const first = useFirstMessage({ tenant, topic })
  const send = (event: FormEvent) => {
    event.preventDefault()
    first.mutate(text, { onSuccess: onSeen })
  }
  return (
    <Step number={4} title="Write a message and see it arrive" state={state} summary={<Seen result={first.data} />}>
      <form onSubmit={send}>
        <Group gap="sm" align="flex-start">
          <TextInput
            aria-label="The message"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            w={{ base: '100%', xs: 320 }}
          />
          <Button type="submit" loading={first.isPending} disabled={text === ''}>
            Send it
          </Button>
        </Group>
        {first.error !== null && <Space h="sm" />}
        <FailedLine error={first.error} />
      </form>
    </Step>
  )
}

function Seen({ result }: { readonly result: ReturnType<typeof useFirstMessage>['data'] }) {
  if (result === undefined) return null
  const { message, tookMs } = result
  return (
    <>
      <Code block>{message.value?.text}</Code>
      <Text size="sm" mt={4}>
        Read from partition {message.partition} at offset {message.offset}, written <Moment at={message.timestampMs} />
        {'. '}
        There and back in {formatDuration(tookMs)}.
      </Text>
    </>
  )
}
