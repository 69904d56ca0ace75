// SPDX-License-Identifier: Apache-2.0
/** Copies a text and says so. */
import { ActionIcon, Button, CopyButton as MantineCopy, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'

/** `label` names what is copied: "Copy the password". With `text` the label is shown, else it is the name of an icon. */
export function CopyButton({
  value,
  label,
  text,
}: {
  readonly value: string
  readonly label: string
  readonly text?: boolean
}) {
  return (
    <MantineCopy value={value} timeout={1500}>
      {({ copied, copy }) => {
        const icon = copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />
        return text === true ? (
          <Button size="xs" variant="default" leftSection={icon} onClick={copy}>
            {copied ? 'Copied' : label}
          </Button>
        ) : (
          <Tooltip label={copied ? 'Copied' : label}>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? 'Copied' : label} onClick={copy}>
              {icon}
            </ActionIcon>
          </Tooltip>
        )
      }}
    </MantineCopy>
  )
}
