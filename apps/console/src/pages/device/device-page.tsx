// SPDX-License-Identifier: Apache-2.0
/** Says yes or no to a command line that wants to sign in. Whoever agrees lends it her rights, so the page says whose and asks for the code. */
import { Alert, Button, Code, Group, List, Paper, Stack, Text, TextInput } from '@mantine/core'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { useAnswerDevice, useSession } from '../../data/session.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'

const URL_STATE = { code: '' }

export function DevicePage() {
  const answer = useAnswerDevice()
  const { person } = useSession()
  return (
    <Page title="Sign in the command line" lead={`As ${person.displayName} (${person.name})`}>
      <Paper withBorder p="lg" maw={560}>
        {answer.data === undefined ? <Question answer={answer} /> : <Answered approved={answer.data} />}
      </Paper>
    </Page>
  )
}

function Question({ answer }: { readonly answer: ReturnType<typeof useAnswerDevice> }) {
  const [{ code }] = useUrlState(URL_STATE)
  const [typed, setTyped] = useState(code)
  const say = (approve: boolean) => answer.mutate({ userCode: typed, approve })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        say(true)
      }}
    >
      <Stack gap="md">
        <WhatItMeans />
        <TextInput
          label="Code"
          placeholder="BCDF-GHJK"
          required
          autoComplete="off"
          spellCheck={false}
          w={180}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FailedLine error={answer.error} />
        <Group gap="xs">
          <Button type="submit" disabled={typed.trim() === ''} loading={answer.isPending}>
            Yes, sign it in
          </Button>
          <Button variant="default" disabled={typed.trim() === ''} onClick={() => say(false)}>
            No, this is not mine
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function WhatItMeans() {
  return (
    <>
      <Text size="sm">
        A terminal in which <Code>kaas login</Code> runs asks to act in your name. Agree only if you started it yourself, and
        it shows the same code.
      </Text>
      <List size="sm">
        <List.Item>It may do what you may do, for as long as your token lives.</List.Item>
        <List.Item>You find the token on the page of your account, and can end it there.</List.Item>
      </List>
    </>
  )
}

function Answered({ approved }: { readonly approved: boolean }) {
  return approved ? (
    <Alert
      variant="default"
      icon={<CircleCheck size={16} aria-hidden />}
      title="The command line is signed in"
      role="status"
    >
      Go on in the terminal. This page can be closed.
    </Alert>
  ) : (
    <Alert variant="default" icon={<CircleX size={16} aria-hidden />} title="It was turned away" role="status">
      Nothing was given away. If you did not run kaas login, somebody else hoped that you would agree.
    </Alert>
  )
}
