// SPDX-License-Identifier: Apache-2.0
/** Changes the rights of a user: tried at the server, then saved. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { type ResourceItem, usePutResource } from '../../data/resources.ts'
import { ChangeList } from '../../parts/change-list.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { EMPTY_USER_FORM, type UserForm, userProblems } from './new-user.ts'
import { RightsFields } from './rights-fields.tsx'

interface EditRightsProps {
  readonly user: ResourceItem<'User'>
  readonly opened: boolean
  readonly onClose: () => void
}

export function EditRights(props: EditRightsProps) {
  const title = `Rights of ${props.user.metadata.name}`
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Fields {...props} />
    </Modal>
  )
}

type Rights = Pick<UserForm, 'rights' | 'roles' | 'rules'>

/** Lives while the dialog is open. */
function Fields({ user, onClose }: EditRightsProps) {
  const { apiVersion, kind, metadata, spec } = user
  const put = usePutResource({ kind: 'User', tenant: metadata.tenant, name: metadata.name })
  const [form, setForm] = useState<Rights>({
    rights: spec.access.length > 0 ? 'rules' : 'roles',
    roles: spec.roles,
    rules: spec.access,
  })
  const [tried, setTried] = useState<Rights>()
  const problems = userProblems({ ...EMPTY_USER_FORM, ...form })
  const isTried = tried === form && put.error === null
  const rights = { roles: form.rights === 'roles' ? form.roles : [], access: form.rights === 'rules' ? form.rules : [] }
  const run = (dryRun: boolean) =>
    put.mutate(
      {
        document: { apiVersion, kind, metadata, spec: { ...spec, ...rights } },
        dryRun,
        expectedGeneration: metadata.generation,
      },
      { onSuccess: () => (dryRun ? setTried(form) : onClose()) },
    )
  return (
    <Stack gap="sm">
      <RightsFields form={form} problems={problems} onChange={(change) => setForm({ ...form, ...change })} />
      <FailedLine error={put.error} />
      {isTried && <ChangeList changes={put.data?.changes ?? []} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={Object.keys(problems).length > 0} loading={put.isPending} onClick={() => run(!isTried)}>
          {isTried ? 'Change the rights' : 'See what changes'}
        </Button>
      </Group>
    </Stack>
  )
}
