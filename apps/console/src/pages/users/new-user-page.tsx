// SPDX-License-Identifier: Apache-2.0
/** Makes a user. Its password is shown this once, right after. */
import type { IssuedCredentials } from '@kaas/http-contract'
import { Paper } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { usePutResource } from '../../data/resources.ts'
import { CreateForm } from '../../parts/create-form.tsx'
import { IssuedPassword } from '../../parts/credentials/issued-password.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { EMPTY_USER_FORM, type UserForm, userDocument, userProblems } from './new-user.ts'
import { UserFields } from './user-fields.tsx'
import { userPath } from './user-path.ts'

export function NewUserPage() {
  const tenant = useParam('tenant')
  const navigate = useNavigate()
  const [made, setMade] = useState<{ readonly name: string; readonly issued: IssuedCredentials }>()
  const go = (name: string) => void navigate({ to: userPath(tenant, name) })
  return (
    <Page title="Create a user" above={aboveInTenant(tenant, { label: 'Users', path: '/users' })}>
      <Paper withBorder p="md" maw={820}>
        {made === undefined ? (
          <NewUserForm
            tenant={tenant}
            onMade={(name, issued) => (issued === undefined ? go(name) : setMade({ name, issued }))}
          />
        ) : (
          <IssuedPassword issued={made.issued} onKept={() => go(made.name)} />
        )}
      </Paper>
    </Page>
  )
}

interface NewUserFormProps {
  readonly tenant: string
  readonly onMade: (name: string, issued: IssuedCredentials | undefined) => void
}

function NewUserForm({ tenant, onMade }: NewUserFormProps) {
  const [form, setForm] = useState<UserForm>(EMPTY_USER_FORM)
  const put = usePutResource({ kind: 'User', tenant, name: form.name })
  const problems = userProblems(form)
  const isReady = form.name !== '' && Object.keys(problems).length === 0
  const create = () =>
    put.mutate(
      { document: userDocument(form, tenant), expectedGeneration: 0 },
      { onSuccess: ({ credentials }) => onMade(form.name, credentials) },
    )
  return (
    <CreateForm
      label={`Create ${form.name === '' ? 'the user' : form.name}`}
      isReady={isReady}
      isBusy={put.isPending}
      onCreate={create}
    >
      <UserFields
        tenant={tenant}
        form={form}
        problems={problems}
        onChange={(change) => {
          put.reset()
          setForm({ ...form, ...change })
        }}
      />
      <FailedLine error={put.error} />
    </CreateForm>
  )
}
