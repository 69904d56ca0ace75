// SPDX-License-Identifier: Apache-2.0
/** What can be done with the chosen messages: send them again, copy them, save them. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { Button, Checkbox, Group, Menu } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { downloadText } from '../../browser/download.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { counted } from '../../format/numbers.ts'
import { recordText } from './copy-text.ts'
import { ResendMany } from './resend-many.tsx'

interface SelectionToolsProps {
  readonly place: TopicPath
  readonly messages: readonly Message[]
  readonly selected: readonly Message[]
  readonly onChoose: (messages: readonly Message[]) => void
}

export function SelectionTools({ place, messages, selected, onChoose }: SelectionToolsProps) {
  const may = useMayInTenant(place.tenant)
  const [isResending, setResending] = useState(false)
  const text = () => `[\n${selected.map((message) => recordText(place, message)).join(',\n')}\n]\n`
  if (messages.length === 0) return null
  return (
    <Group gap="xs">
      <Checkbox
        size="xs"
        label={selected.length === 0 ? 'Choose all' : `${selected.length} chosen`}
        checked={selected.length > 0 && selected.length === messages.length}
        indeterminate={selected.length > 0 && selected.length < messages.length}
        onChange={() => onChoose(selected.length === messages.length ? [] : messages)}
      />
      {selected.length > 0 && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button size="compact-sm" variant="default" rightSection={<ChevronDown size={13} aria-hidden />}>
              With {counted(selected.length, 'message')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {may({ verb: 'write', kind: 'Message' }) && (
              <Menu.Item onClick={() => setResending(true)}>Send again …</Menu.Item>
            )}
            <Menu.Item onClick={() => void navigator.clipboard.writeText(text())}>Copy as JSON</Menu.Item>
            <Menu.Item onClick={() => downloadText(`${place.topic}.json`, text(), 'application/json')}>
              Save as JSON
            </Menu.Item>
            <Menu.Item onClick={() => onChoose([])}>Choose none</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ResendMany place={place} messages={selected} opened={isResending} onClose={() => setResending(false)} />
    </Group>
  )
}
