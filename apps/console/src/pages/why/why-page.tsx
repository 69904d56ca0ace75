// SPDX-License-Identifier: Apache-2.0
/** "Why can this person (not) do that": the server's own decision, with everything that it looked at and what came with the sign-in. */
import type { ExplainRequest, Explanation } from '@kaas/http-contract'
import { Alert, Code, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useUrlState } from '../../browser/use-url-state.ts'
import { explanationQuery } from '../../data/rights.ts'
import { useSession } from '../../data/session.ts'
import { Moment } from '../../parts/moment.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { ConsideredTable } from './considered-table.tsx'
import { QUESTION, type Question, QuestionForm } from './question-form.tsx'

export function WhyPage() {
  const [question, change] = useUrlState<Question>(QUESTION)
  return (
    <Page
      title="Why may somebody do that?"
      lead="Asks the server as it would decide, and shows each role that it looked at. The address of this page is a link to the question."
    >
      <Stack gap="md">
        <QuestionForm key={JSON.stringify(question)} question={question} onAsk={(next) => change(next, 'step')} />
        {question.kind === '' ? (
          <Empty title="Nothing asked yet">Choose what somebody wants to do, and where.</Empty>
        ) : (
          <Answer question={question} />
        )}
      </Stack>
    </Page>
  )
}

function Answer({ question }: { readonly question: Question }) {
  const me = useSession().person.name
  const query = useQuery(explanationQuery(requestFor(question, me)))
  return (
    <QueryStates query={query}>
      {(explanation) => (
        <Stack gap="md">
          <Alert
            color={explanation.allowed ? 'green' : 'red'}
            variant="light"
            title={explanation.allowed ? 'Yes' : 'No'}
            role="status"
          >
            {explanation.because}
          </Alert>
          <section aria-labelledby="considered">
            <Title order={2} size="h4" id="considered" mb="xs">
              Everything that was considered
            </Title>
            <ConsideredTable considered={explanation.considered} />
          </section>
          <Arrived explanation={explanation} />
        </Stack>
      )}
    </QueryStates>
  )
}

/** Groups decide, so what the identity provider sent is the first thing to look at when one is missing. */
function Arrived({ explanation: { groups, claims, lastSignInAt } }: { readonly explanation: Explanation }) {
  return (
    <section aria-labelledby="arrived">
      <Title order={2} size="h4" id="arrived" mb="xs">
        What came with the last sign-in
      </Title>
      {lastSignInAt === undefined ? (
        <Text size="sm" c="dimmed">
          Nothing is known of a sign-in, or it is not yours to see.
        </Text>
      ) : (
        <Stack gap="xs">
          <Text size="sm">
            <Moment at={lastSignInAt} />, with {groups.length === 0 ? 'no groups' : `the groups ${groups.join(', ')}`}
          </Text>
          <Code block>{JSON.stringify(claims, null, 2)}</Code>
        </Stack>
      )}
    </section>
  )
}

function requestFor({ person, verb, kind, tenant, team }: Question, me: string): ExplainRequest {
  return {
    verb: verb as ExplainRequest['verb'],
    kind,
    ...(person !== '' && person !== me && { person }),
    ...(tenant !== '' && { tenant }),
    ...(tenant === '' && team !== '' && { team }),
  }
}
