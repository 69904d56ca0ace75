// SPDX-License-Identifier: Apache-2.0
/** Tries what an application would do, step by step, and says which one failed. */
import type { ConnectionTest } from '@kaas/http-contract'
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { PlugZap } from 'lucide-react'
import { useTestConnection } from '../../data/tenant-life.ts'
import { formatDuration } from '../../format/times.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { type Standing, StatusMark } from '../../parts/status-mark.tsx'
import classes from './connect-page.module.css'

interface ConnectionTestPanelProps {
  readonly tenant: string
  readonly user: string
  /** Empty: the first that the user may use. */
  readonly topic: string
}

type Step = ConnectionTest['steps'][number]

const TITLES: Readonly<Record<Step['step'], string>> = {
  resolve: 'Find the address',
  connect: 'Connect',
  tls: 'Secure the connection',
  'log-in': 'Log in',
  metadata: 'Read metadata',
  produce: 'Write one record',
  consume: 'Read it back',
  'clean-up': 'Clean up',
}
const MARKS: Readonly<Record<Step['state'], { readonly standing: Standing; readonly word: string }>> = {
  done: { standing: 'good', word: 'Done' },
  failed: { standing: 'bad', word: 'Failed' },
  'left-out': { standing: 'unknown', word: 'Left out' },
}

export function ConnectionTestPanel({ tenant, user, topic }: ConnectionTestPanelProps) {
  const test = useTestConnection(tenant, user)
  return (
    <Paper withBorder p="md" component="section" aria-label="Test of the connection">
      <Stack gap="sm">
        <Title order={2}>Does it work?</Title>
        <Text size="sm" c="dimmed">
          Logs in as {user}, writes one record and reads it back.
        </Text>
        <Group gap="sm">
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            leftSection={<PlugZap size={14} aria-hidden />}
            onClick={() => test.mutate(topic === '' ? undefined : topic)}
          >
            Test the connection
          </Button>
          {test.data !== undefined && <Result test={test.data} />}
        </Group>
        <FailedLine error={test.error} />
        {test.data !== undefined && <Steps steps={test.data.steps} />}
      </Stack>
    </Paper>
  )
}

function Result({ test: { ok, topic } }: { readonly test: ConnectionTest }) {
  return (
    <span role="status">
      <StatusMark standing={ok ? 'good' : 'bad'} word={ok ? `Works, by the topic ${topic}` : 'Does not work'} />
    </span>
  )
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className={classes.steps}>
      {steps.map(({ step, state, tookMs, message, help }) => (
        <li key={step}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm" fw={500}>
              {TITLES[step]}
            </Text>
            <Group gap="xs" wrap="nowrap">
              {state === 'done' && (
                <Text size="xs" c="dimmed">
                  {formatDuration(tookMs)}
                </Text>
              )}
              <StatusMark {...MARKS[state]} />
            </Group>
          </Group>
          {state !== 'done' && (
            <Text size="sm">
              {message} {help}
            </Text>
          )}
        </li>
      ))}
    </ol>
  )
}
