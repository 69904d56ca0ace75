// SPDX-License-Identifier: Apache-2.0
/** One record of the audit log in a sentence, with its change in a fold. */
import type { AuditEventAnswer } from '@kaas/http-contract'
import { Anchor, Collapse, Text } from '@mantine/core'
import { useState } from 'react'
import { counted } from '../../format/numbers.ts'
import { ChangeList } from '../../parts/change-list.tsx'
import { Moment } from '../../parts/moment.tsx'
import classes from './history-page.module.css'
import { sentenceOf } from './history-words.ts'

interface HistoryEntryProps {
  readonly event: AuditEventAnswer
  readonly tenant: string
}

export function HistoryEntry({ event, tenant }: HistoryEntryProps) {
  const [isOpen, setOpen] = useState(false)
  const { actor, outcome, rule, message, changes } = event.data
  return (
    <li className={classes.entry} data-outcome={outcome}>
      <Text size="sm" c="dimmed" className={classes.time}>
        <Moment at={event.time} />
      </Text>
      <div className={classes.what}>
        <Text size="sm">
          <strong>{actor}</strong> {sentenceOf(event, tenant)}
        </Text>
        {outcome === 'denied' && (
          <Text size="sm" c="var(--kaas-bad-text)">
            Denied by {rule}
            {message === undefined ? '' : `: ${message}`}
          </Text>
        )}
        {changes.length > 0 && (
          <>
            <Anchor component="button" type="button" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? 'Hide' : counted(changes.length, 'field')}
            </Anchor>
            <Collapse expanded={isOpen}>{isOpen && <ChangeList changes={changes} />}</Collapse>
          </>
        )}
      </div>
    </li>
  )
}
