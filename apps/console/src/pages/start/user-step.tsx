// SPDX-License-Identifier: Apache-2.0
/** The third step: a user for an application, with a password that is shown this once. */
import { API_VERSION, parseUserName } from '@kaas/domain'
import type { IssuedCredentials } from '@kaas/http-contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { putResource } from '../../data/resources.ts'
import { IssuedPassword } from '../../parts/credentials/issued-password.tsx'
import type { StepState } from './first-steps-state.ts'
import { NameForm } from './name-form.tsx'
import { Step } from './step.tsx'

interface UserStepProps {
  readonly state: StepState
  readonly tenant: string
  readonly name: string
  readonly onOrdered: (name: string) => void
}

export function UserStep({ state, tenant, name, onOrdered }: UserStepProps) {
  const [issued, setIssued] = useState<IssuedCredentials>()
  const make = useMutation({
    mutationFn: (wanted: string) => {
      const metadata = { name: wanted, tenant }
      const document = { apiVersion: API_VERSION, kind: 'User', metadata, spec: { roles: ['admin'] } }
      return putResource({ kind: 'User', name: wanted, tenant }, document, { expectedGeneration: 0 })
    },
    onSuccess: ({ credentials }, wanted) => {
      setIssued(credentials)
      onOrdered(wanted)
    },
  })
  const summary =
    issued === undefined ? (
      `Applications log in as ${tenant}.${name}.`
    ) : (
      <IssuedPassword issued={issued} onKept={() => setIssued(undefined)} />
    )
  return (
    <Step
      number={3}
      title="Make a user: as whom an application logs in"
      state={state}
      waitsFor="Kafka learns the password"
      summary={summary}
    >
      <NameForm
        label="Name of the user"
        suggested="app"
        check={parseUserName}
        action="Make it"
        isBusy={make.isPending}
        error={make.error}
        onSend={(wanted) => make.mutate(wanted)}
      />
    </Step>
  )
}
