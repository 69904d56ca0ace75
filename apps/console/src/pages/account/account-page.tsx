// SPDX-License-Identifier: Apache-2.0
/** The person's own page: who the platform takes her for, where she is signed in, and the tokens that act in her name. */
import { Tabs } from '@mantine/core'
import { useUrlState } from '../../browser/use-url-state.ts'
import { useSession } from '../../data/session.ts'
import { Page } from '../../parts/page.tsx'
import { SessionsTab } from './sessions-tab.tsx'
import { TokensTab } from './tokens-tab.tsx'
import { YouTab } from './you-tab.tsx'

const URL_STATE = { tab: 'you' }

export function AccountPage() {
  const session = useSession()
  const [{ tab }, change] = useUrlState(URL_STATE)
  const { displayName, name, provider } = session.person
  return (
    <Page title="Your account" lead={`${displayName} (${name}), ${providerText(provider)}`}>
      <Tabs value={tab} onChange={(next) => change({ tab: next ?? 'you' }, 'step')} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="you">You</Tabs.Tab>
          <Tabs.Tab value="sessions">Sessions</Tabs.Tab>
          <Tabs.Tab value="tokens">Tokens</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="you">
          <YouTab session={session} />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <SessionsTab />
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <TokensTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function providerText(provider: string): string {
  if (provider === 'bootstrap') return 'signed in by password'
  return provider === 'token' ? 'by a token' : `signed in by ${provider}`
}
