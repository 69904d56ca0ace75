// SPDX-License-Identifier: Apache-2.0
/**
 * A resource as YAML: to read, to edit, to try at the server without doing it, and to save. Somebody else's change meanwhile is
 * refused by the server and said here.
 */
import type { ResourceKind } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import type { PutAnswer } from '@kaas/http-contract'
import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { type ResourceRef, usePutResource } from '../data/resources.ts'
import { lineOfField, readDocument, renderDocument } from '../format/document-text.ts'
import { ChangeList } from './change-list.tsx'
import { CopyButton } from './copy-button.tsx'
import type { DocumentEditorProps } from './document-editor-props.ts'
import { TextEditor } from './editor/text-editor.tsx'
import { FailedLine } from './failed-line.tsx'
import { PlanChangeNote } from './plan-change-note.tsx'
import { PolicyWarnings } from './policy-warnings.tsx'

export function DocumentEditing<K extends ResourceKind>({ reference, resource, mayEdit, onSaved }: DocumentEditorProps<K>) {
  const [edited, setEdited] = useState<{ readonly text: string; readonly generation: number }>()
  const stored = renderDocument(resource)
  if (edited === undefined) {
    return (
      <Stack gap="xs">
        <Group gap="xs">
          {mayEdit && (
            <Button
              size="xs"
              variant="default"
              onClick={() => setEdited({ text: stored, generation: resource.metadata.generation })}
            >
              Edit
            </Button>
          )}
          <CopyButton value={stored} label="Copy the YAML" text />
        </Group>
        <TextEditor label={`YAML of ${reference.name}`} value={stored} language="yaml" />
      </Stack>
    )
  }
  const done = () => {
    setEdited(undefined)
    onSaved?.()
  }
  return (
    <Editing
      reference={reference}
      original={stored}
      generation={edited.generation}
      text={edited.text}
      onText={(text) => setEdited({ ...edited, text })}
      onDone={done}
      onCancel={() => setEdited(undefined)}
    />
  )
}

interface EditingProps {
  readonly reference: ResourceRef
  readonly original: string
  /** That was read when editing began. */
  readonly generation: number
  readonly text: string
  readonly onText: (text: string) => void
  readonly onDone: () => void
  readonly onCancel: () => void
}

function Editing({ reference, original, generation, text, onText, onDone, onCancel }: EditingProps) {
  const put = usePutResource(reference)
  const [tried, setTried] = useState<{ readonly text: string; readonly answer: PutAnswer }>()
  const parsed = readDocument(text)
  const problems = parsed.kind === 'problem' ? [parsed] : problemsOf(put.error, text)
  const run = async (dryRun: boolean) => {
    if (parsed.kind === 'problem') return
    const answer = await put.mutateAsync({ document: parsed.document, dryRun, expectedGeneration: generation })
    if (dryRun) setTried({ text, answer })
    else onDone()
  }
  // Refusals are shown from the mutation.
  const start = (dryRun: boolean) => void run(dryRun).catch(() => undefined)
  const isTried = tried?.text === text && put.error === null
  return (
    <Stack gap="xs">
      <TextEditor
        label={`YAML of ${reference.name}, being edited`}
        value={text}
        original={original}
        language="yaml"
        onChange={onText}
        problems={problems}
      />
      <FailedLine error={put.error} />
      {isTried && parsed.kind === 'document' && <Tried answer={tried.answer} document={parsed.document} />}
      <Group gap="xs">
        <Button variant="default" onClick={() => start(true)} loading={put.isPending} disabled={parsed.kind === 'problem'}>
          Try it
        </Button>
        <Button onClick={() => start(false)} disabled={!isTried || tried.answer.outcome === 'unchanged'}>
          Save
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Discard
        </Button>
      </Group>
    </Stack>
  )
}

/** What the server says of a document that it was asked to try. */
function Tried({ answer, document }: { readonly answer: PutAnswer; readonly document: unknown }) {
  return (
    <>
      <ChangeList changes={answer.changes} />
      <PolicyWarnings warnings={answer.warnings} />
      <PlanChangeNote document={document} />
    </>
  )
}

function problemsOf(error: unknown, text: string) {
  if (error === null) return []
  return asKaasError(error).fields.map(({ path, message }) => ({ line: lineOfField(text, path), message }))
}
