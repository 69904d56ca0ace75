// SPDX-License-Identifier: Apache-2.0
/** Copies a message in the forms that people need. What was cut is loaded whole first. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ChevronDown, Copy } from 'lucide-react'
import { readWholeMessage } from '../../data/messages.ts'
import { messageId } from './browse-log.ts'
import { contentText, curlCommand, kcatReadCommand, kcatWriteCommand, recordText } from './copy-text.ts'

interface CopyMenuProps {
  readonly place: TopicPath
  readonly message: Message
}

export function CopyMenu({ place, message }: CopyMenuProps) {
  const copy = (what: string, textOf: (whole: Message) => string | undefined) => async () => {
    try {
      const text = textOf(isCut(message) ? await readWholeMessage(place, message.partition, message.offset) : message)
      if (text === undefined) return say(`${what} cannot be said as a command: it has bytes that are no text.`)
      await navigator.clipboard.writeText(text)
      say(`${what} is copied.`)
    } catch (error) {
      say(`${what} could not be copied: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
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
        <Menu.Item onClick={copy('The value', ({ value }) => contentText(value))}>Value as written</Menu.Item>
        <Menu.Item onClick={copy('The value', ({ value }) => contentText(value, true))}>Value laid out</Menu.Item>
        <Menu.Item onClick={copy('The key', ({ key }) => contentText(key))}>Key</Menu.Item>
        <Menu.Item onClick={copy('The record', (whole) => recordText(place, whole))}>Whole record as JSON</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={copy('The command', () => kcatReadCommand(place, message))}>
          kcat command that reads it
        </Menu.Item>
        <Menu.Item onClick={copy('The record', (whole) => kcatWriteCommand(place, whole))}>
          kcat command that writes it
        </Menu.Item>
        <Menu.Item onClick={copy('The command', () => curlCommand(place, message, location.origin))}>curl command</Menu.Item>
        <Menu.Item onClick={copy('The link', () => linkTo(message))}>Link to it</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function isCut({ key, value, headers }: Message): boolean {
  return [key, value, ...headers.map((header) => header.value)].some((content) => content?.truncated === true)
}

/** The address without what is asked for: the message is found by its place. */
function linkTo(message: Message): string {
  return `${location.origin}${location.pathname}?open=${messageId(message)}`
}

function say(message: string): void {
  notifications.show({ message, autoClose: 2500 })
}
