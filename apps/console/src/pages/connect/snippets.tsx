// SPDX-License-Identifier: Apache-2.0
/** The lines of configuration in every language, complete: copied or saved as they are. */
import type { ConnectionAnswer, IssuedCredentials } from '@kaas/http-contract'
import { Button, Group, Paper, Stack, Tabs, Text, TextInput, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { downloadText } from '../../browser/download.ts'
import { type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { connectionQuery } from '../../data/tenant-life.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { QueryStates } from '../../parts/states.tsx'
import classes from './connect-page.module.css'
import { FILES, FORMAT_CHOICES, formatChoiceOf, type Known, needsFiles, snippetOf } from './formats.ts'

/** `state` is what the address says. */
export interface SnippetsProps {
  readonly tenant: ResourceItem<'Tenant'>
  readonly user: ResourceItem<'User'>
  /** A password that was made on this page, to be put into the text. */
  readonly issued: IssuedCredentials | undefined
  readonly state: Readonly<Record<'format' | 'topic' | 'group', string>>
  readonly change: (change: Partial<Record<'format' | 'topic' | 'group', string>>) => void
}

export function Snippets(props: SnippetsProps) {
  const { tenant, user, state, change } = props
  const query = useQuery(connectionQuery(tenant.metadata.name, user.metadata.name))
  const topics = useInfiniteQuery(resourceListQuery('Topic', { tenant: tenant.metadata.name, limit: 1 }))
  const topic = state.topic || topics.data?.pages[0]?.items[0]?.metadata.name || 'my-topic'
  const { name } = formatChoiceOf(state.format)
  return (
    <Paper withBorder component="section" aria-label="Configuration" className={classes.snippets}>
      <ExampleNames state={state} change={change} topic={topic} />
      <Tabs value={name} onChange={(format) => change({ format: format ?? 'kcat' })} keepMounted={false}>
        <Tabs.List px="md" className={classes.tabs}>
          {FORMAT_CHOICES.map((choice) => (
            <Tabs.Tab key={choice.name} value={choice.name}>
              {choice.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={name} p="md">
          <QueryStates query={query}>
            {(answer) => <Snippet format={name} known={knownOf(props, answer, topic)} />}
          </QueryStates>
        </Tabs.Panel>
      </Tabs>
    </Paper>
  )
}

function knownOf({ tenant, user, issued, state }: SnippetsProps, answer: ConnectionAnswer, topic: string): Known {
  return {
    tenant: tenant.metadata.name,
    user: user.metadata.name,
    answer,
    gateway: tenant.spec.isolation === 'virtual',
    password: issued?.password,
    mechanism: issued?.mechanism,
    topic,
    group: state.group || 'my-group',
  }
}

/** The topic and the group in the examples. */
function ExampleNames({ state, change, topic }: Pick<SnippetsProps, 'state' | 'change'> & { readonly topic: string }) {
  return (
    <Stack gap="sm" p="md" pb={0}>
      <Title order={2}>Configuration</Title>
      <Group gap="sm">
        <TextInput
          size="xs"
          label="Topic"
          value={state.topic}
          placeholder={topic}
          onChange={(event) => change({ topic: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label="Group"
          value={state.group}
          onChange={(event) => change({ group: event.currentTarget.value })}
        />
      </Group>
    </Stack>
  )
}

function Snippet({ format, known }: { readonly format: string; readonly known: Known }) {
  const choice = formatChoiceOf(format)
  const text = snippetOf(choice.name, known)
  const files = needsFiles(choice.name, known)
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <CopyButton value={text} label="Copy" text />
        <Save file={choice.file} text={text} />
        {known.answer.caPem !== undefined && <Save file={FILES.ca} text={known.answer.caPem} label="CA certificate" />}
        <KeyFiles answer={known.answer} />
      </Group>
      {files.length > 0 && (
        <Text size="sm">
          Save {files.map((file) => FILES[file]).join(', ')} beside it: this format takes certificates as files.
        </Text>
      )}
      {/* Long lines scroll inside, also by keyboard. */}
      <section aria-label={`Configuration for ${choice.label}`} className={classes.code}>
        <pre tabIndex={-1}>{text}</pre>
      </section>
    </Stack>
  )
}

function KeyFiles({ answer: { login } }: Pick<Known, 'answer'>) {
  if (login.kind !== 'tls') return null
  return (
    <>
      <Save file={FILES.certificate} text={login.certificatePem} label="Certificate" />
      <Save file={FILES.key} text={login.keyPem} label="Private key" />
    </>
  )
}

function Save({ file, text, label }: { readonly file: string; readonly text: string; readonly label?: string }) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Download size={14} aria-hidden />}
      onClick={() => downloadText(file, text)}
    >
      {label ?? `Save as ${file}`}
    </Button>
  )
}
