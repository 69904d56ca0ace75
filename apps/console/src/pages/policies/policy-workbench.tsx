// SPDX-License-Identifier: Apache-2.0
/** Where a policy is written: its YAML, what rules can name, a trial against a document and against all that is stored, and saving. */
import { asKaasError } from '@kaas/errors'
import { Button, Group, SimpleGrid, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { useTryPolicy } from '../../data/policies.ts'
import { usePutResource } from '../../data/resources.ts'
import { lineOfField, type ParsedDocument, readDocument } from '../../format/document-text.ts'
import { TextEditor } from '../../parts/editor/text-editor.tsx'
import { FailedLine } from '../../parts/failed-line.tsx'
import { RuleHelp } from './rule-help.tsx'
import { TrialResult } from './trial-result.tsx'

interface PolicyWorkbenchProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** As it is stored; absent for a new one. */
  readonly original?: string
  /** That was read; 0 for a new one. */
  readonly generation: number
  readonly mayWrite: boolean
  /** A trial looks at everything that is stored: people of a team only read. */
  readonly mayTry: boolean
  readonly onSaved: (name: string) => void
}

export function PolicyWorkbench(props: PolicyWorkbenchProps) {
  const { text, onText, original, mayWrite, mayTry } = props
  const [document, setDocument] = useState('')
  const trial = useTryPolicy()
  const read = readDocument(text)
  const tried = document.trim() === '' ? undefined : readDocument(document)
  const problems = problemsOf(text, read, trial.error)
  const run = () => {
    if (read.kind === 'problem' || tried?.kind === 'problem') return
    trial.mutate({ policy: read.document, document: tried?.document })
  }
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Stack gap="sm">
        <TextEditor
          label="The policy as YAML"
          value={text}
          language="yaml"
          problems={problems}
          {...(mayWrite ? { onChange: onText } : {})}
          {...(original === undefined || original === text ? {} : { original })}
        />
        <Group gap="xs">
          {mayTry && (
            <Button variant="default" onClick={run} loading={trial.isPending} disabled={problemIn(read, tried)}>
              Try it
            </Button>
          )}
          {mayWrite && <Save {...props} read={read} />}
        </Group>
        <FailedLine error={trial.error} />
        {trial.data !== undefined && trial.error === null && <TrialResult trial={trial.data} />}
      </Stack>
      <Stack gap="sm">
        <RuleHelp />
        {mayTry && <DocumentToTry text={document} onText={setDocument} read={tried} />}
      </Stack>
    </SimpleGrid>
  )
}

function DocumentToTry({
  text,
  onText,
  read,
}: {
  readonly text: string
  readonly onText: (text: string) => void
  readonly read: ParsedDocument | undefined
}) {
  return (
    <section aria-label="Trial">
      <Title order={2} size="h4" mb={4}>
        A document to try it with
      </Title>
      <TextEditor
        label="Document to try, as YAML; may be empty"
        value={text}
        language="yaml"
        onChange={onText}
        problems={read?.kind === 'problem' ? [read] : []}
      />
    </section>
  )
}

function problemIn(...read: readonly (ParsedDocument | undefined)[]): boolean {
  return read.some((each) => each?.kind === 'problem')
}

function problemsOf(text: string, read: ParsedDocument, error: unknown) {
  if (read.kind === 'problem') return [read]
  if (error === null) return []
  return asKaasError(error).fields.map(({ path, message }) => ({ line: lineOfField(text, yamlPath(path)), message }))
}

/** `spec.rules[0].allowWhen` as parts between dots; the policy in a trial lies below `policy`. */
function yamlPath(path: string): string {
  return path.replace(/^policy\./, '').replace(/\[(\d+)\]/g, '.$1')
}

function Save({ original, text, generation, onSaved, read }: PolicyWorkbenchProps & { readonly read: ParsedDocument }) {
  const name = nameIn(read)
  const put = usePutResource({ kind: 'Policy', name })
  const isSame = original === text
  const save = () => {
    if (read.kind === 'problem') return
    put.mutate({ document: read.document, expectedGeneration: generation }, { onSuccess: () => onSaved(name) })
  }
  return (
    <>
      <Button onClick={save} loading={put.isPending} disabled={read.kind === 'problem' || name === '' || isSame}>
        Save
      </Button>
      <FailedLine error={put.error} />
    </>
  )
}

function nameIn(read: ParsedDocument): string {
  if (read.kind === 'problem') return ''
  const { metadata } = (read.document ?? {}) as { readonly metadata?: { readonly name?: unknown } }
  return typeof metadata?.name === 'string' ? metadata.name : ''
}
