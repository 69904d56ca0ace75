// SPDX-License-Identifier: Apache-2.0
/** What the chosen user logs in with; passwords where the platform makes them. */
import type { IssuedCredentials } from '@kaas/http-contract'
import { Paper, Text, Title } from '@mantine/core'
import type { ResourceItem } from '../../data/resources.ts'
import { CredentialsPanel } from '../../parts/credentials/credentials-panel.tsx'

interface PasswordsProps {
  readonly tenant: ResourceItem<'Tenant'>
  readonly user: ResourceItem<'User'>
  /** Made on this page. */
  readonly issued: IssuedCredentials | undefined
  readonly onIssued: (credentials: IssuedCredentials) => void
  readonly mayChange: boolean
}

export function Passwords({ tenant, user, issued, onIssued, mayChange }: PasswordsProps) {
  const elsewhere = elsewhereOf(tenant, user)
  return (
    <Paper withBorder p="md" component="section" aria-label="Passwords">
      <Title order={2} mb="sm">
        Passwords
      </Title>
      {elsewhere === undefined ? (
        <CredentialsPanel
          key={user.metadata.name}
          tenant={tenant.metadata.name}
          user={user.metadata.name}
          mayChange={mayChange}
          justIssued={issued}
          onIssued={onIssued}
        />
      ) : (
        <Text size="sm">{elsewhere}</Text>
      )}
    </Paper>
  )
}

/** Where the proof of a user comes from, when it is no password of the platform. */
function elsewhereOf({ spec: { isolation } }: ResourceItem<'Tenant'>, { metadata, spec }: ResourceItem<'User'>) {
  if (spec.authentication === 'tls') return `${metadata.name} logs in by a client certificate.`
  if (spec.authentication === 'oauth') return `${metadata.name} logs in by a token of your identity provider.`
  return isolation === 'virtual'
    ? undefined
    : 'The password is made in the cluster of the tenant and stands in the configuration.'
}
