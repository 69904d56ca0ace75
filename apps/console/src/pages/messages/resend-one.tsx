// SPDX-License-Identifier: Apache-2.0
/** Sends a message again, with edits, also to another topic. It is loaded whole, so that nothing is lost on the way. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { Button } from '@mantine/core'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { readWholeMessage } from '../../data/messages.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { showNote } from '../../parts/notes.tsx'
import { ProduceDialog } from './produce-dialog.tsx'
import { formOf, type ProduceForm } from './produce-form.ts'

interface ResendOneProps {
  readonly place: TopicPath
  readonly message: Message
}

export function ResendOne({ place, message }: ResendOneProps) {
  const may = useMayInTenant(place.tenant)
  const [form, setForm] = useState<ProduceForm>()
  const [isLoading, setLoading] = useState(false)
  if (!may({ verb: 'write', kind: 'Message' })) return null
  const begin = async () => {
    setLoading(true)
    try {
      setForm(formOf(await readWholeMessage(place, message.partition, message.offset)))
    } catch (error) {
      void showNote({ color: 'red', message: error instanceof Error ? error.message : String(error) })
    } finally {
      setLoading(false)
    }
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Send size={14} aria-hidden />}
        loading={isLoading}
        onClick={() => void begin()}
      >
        Send again …
      </Button>
      {form !== undefined && (
        <ProduceDialog
          title={`Send offset ${message.offset} of partition ${message.partition} again`}
          place={place}
          start={form}
          canMove
          opened
          onClose={() => setForm(undefined)}
        />
      )}
    </>
  )
}
