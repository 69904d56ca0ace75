// SPDX-License-Identifier: Apache-2.0
/** What a trial showed: the document, and what is stored that fails now. */
import type { PolicyFailure, PolicyFinding, PolicyTrial } from '@kaas/http-contract'
import { Alert, Anchor, Code, List, Stack, Table, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { counted } from '../../format/numbers.ts'

export function TrialResult({ trial }: { readonly trial: PolicyTrial }) {
  return (
    <Stack gap="sm" role="status">
      {trial.document !== undefined && <DocumentResult document={trial.document} />}
      <section aria-label="What fails now">
        <Title order={2} size="h4" mb={4}>
          What is stored now
        </Title>
        <Text size="sm">
          {counted(trial.looked, 'document')} looked at,{' '}
          {trial.failed === 0 ? 'none fails' : counted(trial.failed, 'fails', 'fail')}
          {trial.complete ? '.' : '; time ran out before all were looked at.'}
          {trial.failed > 0 && ' They stay as they are; their next change is refused.'}
        </Text>
        {trial.failing.length > 0 && <Failing failing={trial.failing} />}
      </section>
    </Stack>
  )
}

function DocumentResult({ document: { about, findings } }: { readonly document: NonNullable<PolicyTrial['document']> }) {
  if (!about) return <Alert color="gray" title="The policy is not about this document" variant="light" />
  if (findings.length === 0) return <Alert color="green" title="The document is allowed" variant="light" />
  const refuses = findings.some(({ severity }) => severity === 'refuse')
  return (
    <Alert
      color={refuses ? 'red' : 'yellow'}
      variant="light"
      title={refuses ? 'The document is refused' : 'It is let through with a warning'}
    >
      <Findings findings={findings} />
    </Alert>
  )
}

function Findings({ findings }: { readonly findings: readonly PolicyFinding[] }) {
  return (
    <List size="sm">
      {findings.map(({ field, message }) => (
        <List.Item key={`${field ?? ''} ${message}`}>
          {field !== undefined && <Code>{field}</Code>} {message}
        </List.Item>
      ))}
    </List>
  )
}

function Failing({ failing }: { readonly failing: readonly PolicyFailure[] }) {
  return (
    <Table.ScrollContainer minWidth={360}>
      <Table aria-label="What fails now">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {failing.map((each) => (
            <Table.Tr key={`${each.kind} ${each.tenant ?? ''} ${each.name}`}>
              <Table.Td>
                {each.kind} <Place failure={each} />
              </Table.Td>
              <Table.Td>
                <Findings findings={each.findings} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const PAGES: Readonly<Record<string, (failure: PolicyFailure) => string>> = {
  Tenant: ({ name }) => `/tenants/${encodeURIComponent(name)}`,
  Topic: ({ tenant = '', name }) => `/tenants/${encodeURIComponent(tenant)}/topics/${encodeURIComponent(name)}`,
  User: ({ tenant = '', name }) => `/tenants/${encodeURIComponent(tenant)}/users/${encodeURIComponent(name)}`,
}

function Place({ failure }: { readonly failure: PolicyFailure }) {
  const { kind, tenant, name } = failure
  const words = tenant === undefined ? name : `${name} of ${tenant}`
  const page = PAGES[kind]?.(failure)
  return page === undefined ? (
    <span>{words}</span>
  ) : (
    <Anchor component={Link} to={page} size="sm">
      {words}
    </Anchor>
  )
}
