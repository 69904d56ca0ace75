// SPDX-License-Identifier: Apache-2.0
/** Copies a message in the forms that people need. What was cut is loaded whole first. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { Button, Menu } from '@mantine/core'
import { ChevronDown, Copy } from 'lucide-react'
import { readWholeMessage } from '../../data/messages.ts'
import { showNote } from '../../parts/notes.tsx'
import { messageId } from './browse-log.ts'
import { contentText, curlCommand, kcatReadCommand, kcatWriteCommand, recordText } from './copy-text.ts'

interface CopyMenuProps {
  readonly place: TopicPath
  readonly message: Message
}

export function CopyMenu({ place, message }: CopyMenuProps) {
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<Copy size={14} aria-hidden />}
          rightSection={<ChevronDown size={13} aria-hidden />}
        >
          Copy
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {COPIES.map((each) => (
          <Menu.Item key={each.label} onClick={() => void copy(place, message, each)}>
            {each.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface CopyForm {
  readonly label: string
  /** What is said to be copied. */
  readonly what: string
  /** Undefined when it cannot be said. */
  readonly textOf: (place: TopicPath, whole: Message) => string | undefined
}

const COPIES: readonly CopyForm[] = [
  { label: 'Value as written', what: 'The value', textOf: (_, { value }) => contentText(value) },
  { label: 'Value laid out', what: 'The value', textOf: (_, { value }) => contentText(value, true) },
  { label: 'Key', what: 'The key', textOf: (_, { key }) => contentText(key) },
  { label: 'Whole record as JSON', what: 'The record', textOf: recordText },
  { label: 'kcat command that reads it', what: 'The command', textOf: kcatReadCommand },
  { label: 'kcat command that writes it', what: 'The record', textOf: kcatWriteCommand },
  { label: 'curl command', what: 'The command', textOf: (place, whole) => curlCommand(place, whole, location.origin) },
  { label: 'Link to it', what: 'The link', textOf: (_, whole) => linkTo(whole) },
]

async function copy(place: TopicPath, message: Message, { what, textOf }: CopyForm): Promise<void> {
  try {
    const whole = isCut(message) ? await readWholeMessage(place, message.partition, message.offset) : message
    const text = textOf(place, whole)
    if (text === undefined) return say(`${what} cannot be said as a command: it has bytes that are no text.`)
    await navigator.clipboard.writeText(text)
    say(`${what} is copied.`)
  } catch (error) {
    say(`${what} could not be copied: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function isCut({ key, value, headers }: Message): boolean {
  return [key, value, ...headers.map((header) => header.value)].some((content) => content?.truncated === true)
}

/** The address without what is asked for: the message is found by its place. */
function linkTo(message: Message): string {
  return `${location.origin}${location.pathname}?open=${messageId(message)}`
}

function say(message: string): void {
  void showNote({ message, autoClose: 2500 })
}
