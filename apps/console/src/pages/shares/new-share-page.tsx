// SPDX-License-Identifier: Apache-2.0
/** Shares a topic. */
import { SHARE_ACCESS, type ShareAccess } from '@kaas/domain'
import { Paper, Select, SimpleGrid } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { usePutResource } from '../../data/resources.ts'
import { CreateForm } from '../../parts/create-form.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { FormText } from '../../parts/form-text.tsx'
import { Page } from '../../parts/page.tsx'
import { ACCESS_WORDS, sharePath } from '../../parts/share-words.ts'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { EMPTY_SHARE_FORM, nameThereOf, type ShareForm, shareDocument, shareNameOf, shareProblems } from './new-share.ts'

const ACCESS = SHARE_ACCESS.map((value) => ({ value, label: ACCESS_WORDS[value] }))

export function NewSharePage() {
  const tenant = useParam('tenant')
  return (
    <Page title="Share a topic" above={aboveInTenant(tenant, { label: 'Shares', path: '/shares' })}>
      <Paper withBorder p="md" maw={820}>
        <NewShareForm tenant={tenant} />
      </Paper>
    </Page>
  )
}

function NewShareForm({ tenant }: { readonly tenant: string }) {
  const navigate = useNavigate()
  const [form, setForm] = useState<ShareForm>(EMPTY_SHARE_FORM)
  const name = shareNameOf(form)
  const put = usePutResource({ kind: 'TopicShare', tenant, name })
  const problems = shareProblems(form, tenant)
  const isReady = form.topic !== '' && form.with !== '' && name !== '' && Object.keys(problems).length === 0
  const create = () =>
    put.mutate(
      { document: shareDocument(form, tenant), expectedGeneration: 0 },
      { onSuccess: () => void navigate({ to: sharePath(tenant, name) }) },
    )
  const onChange = (change: Partial<ShareForm>) => {
    put.reset()
    setForm({ ...form, ...change })
  }
  return (
    <CreateForm
      label={`Share ${form.topic === '' ? 'the topic' : form.topic}`}
      isReady={isReady}
      isBusy={put.isPending}
      onCreate={create}
    >
      <ShareFields tenant={tenant} form={form} problems={problems} onChange={onChange} />
      <FailedLine error={put.error} />
    </CreateForm>
  )
}

interface ShareFieldsProps {
  readonly tenant: string
  readonly form: ShareForm
  readonly problems: Readonly<Partial<Record<keyof ShareForm, string>>>
  readonly onChange: (change: Partial<ShareForm>) => void
}

function ShareFields({ tenant, form, problems, onChange }: ShareFieldsProps) {
  const of = { form, problems, onChange }
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <FormText of={of} name="topic" label="Topic" description={`Of ${tenant}`} data-autofocus required />
      <FormText
        of={of}
        name="with"
        label="With the tenant"
        description={form.with === tenant ? 'Itself: a second name for the topic' : 'On the same Kafka cluster'}
        required
      />
      <FormText of={of} name="as" label="Name there" placeholder={nameThereOf(form, tenant)} description="Chosen by you" />
      <Select
        label="Its users may"
        description="Each within her own roles"
        allowDeselect={false}
        data={ACCESS}
        value={form.access}
        onChange={(value) => onChange({ access: (value ?? 'read') as ShareAccess })}
      />
      <FormText
        of={of}
        name="name"
        label="Name of the share"
        placeholder={shareNameOf(form)}
        description="To find it again"
      />
    </SimpleGrid>
  )
}
