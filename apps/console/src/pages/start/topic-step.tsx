// SPDX-License-Identifier: Apache-2.0
/** The second step: a topic to write to. */
import { API_VERSION, parseTopicName } from '@kaas/domain'
import { useMutation } from '@tanstack/react-query'
import { putResource } from '../../data/resources.ts'
import type { StepState } from './first-steps-state.ts'
import { NameForm } from './name-form.tsx'
import { Step } from './step.tsx'

interface TopicStepProps {
  readonly state: StepState
  readonly tenant: string
  readonly name: string
  readonly onOrdered: (name: string) => void
}

const PARTITIONS = 3

export function TopicStep({ state, tenant, name, onOrdered }: TopicStepProps) {
  const make = useMutation({
    mutationFn: (wanted: string) => {
      const metadata = { name: wanted, tenant }
      const document = { apiVersion: API_VERSION, kind: 'Topic', metadata, spec: { partitions: PARTITIONS } }
      return putResource({ kind: 'Topic', name: wanted, tenant }, document, { expectedGeneration: 0 })
    },
    onSuccess: (_, wanted) => onOrdered(wanted),
  })
  return (
    <Step
      number={2}
      title="Make a topic: where messages are kept"
      state={state}
      waitsFor="Kafka makes the topic"
      summary={`${name} has ${PARTITIONS} partitions.`}
    >
      <NameForm
        label="Name of the topic"
        suggested="hello"
        check={(wanted) => parseTopicName(wanted, tenant)}
        action="Make it"
        isBusy={make.isPending}
        error={make.error}
        onSend={(wanted) => make.mutate(wanted)}
      />
    </Step>
  )
}
