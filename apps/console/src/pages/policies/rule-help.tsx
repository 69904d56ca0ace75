// SPDX-License-Identifier: Apache-2.0
/** What a rule can be written with, to copy from. */
import { Code, Paper, Text, Title } from '@mantine/core'
import { CopyButton } from '../../parts/copy-button.tsx'
import classes from './policies.module.css'
import { RULE_WORDS } from './policy-text.ts'

export function RuleHelp() {
  return (
    <Paper withBorder p="sm" component="section" aria-label="Help for rules">
      <Title order={2} size="h4" mb={4}>
        Rules
      </Title>
      <Text size="sm" mb="xs">
        A rule is an expression in CEL that is true for what is allowed.
      </Text>
      <dl className={classes.words}>
        {RULE_WORDS.map(({ word, says }) => (
          <div key={word} className={classes.word}>
            <dt>
              <Code>{word}</Code> <CopyButton value={word} label={`Copy ${word}`} />
            </dt>
            <dd>
              <Text size="sm" c="dimmed">
                {says}
              </Text>
            </dd>
          </div>
        ))}
      </dl>
    </Paper>
  )
}
