// SPDX-License-Identifier: Apache-2.0
/** The person's own page: who the platform takes her for, where she is signed in, and the tokens that act in her name. */
import { useSession } from '../../data/session.ts'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { SessionsTab } from './sessions-tab.tsx'
import { TokensTab } from './tokens-tab.tsx'
import { YouTab } from './you-tab.tsx'

export function AccountPage() {
  const session = useSession()
  const { displayName, name, provider } = session.person
  const tabs = [
    { id: 'you', label: 'You', content: <YouTab session={session} /> },
    { id: 'sessions', label: 'Sessions', content: <SessionsTab /> },
    { id: 'tokens', label: 'Tokens', content: <TokensTab /> },
  ]
  return (
    <Page title="Your account" lead={`${displayName} (${name}), ${providerText(provider)}`}>
      <PageTabs tabs={tabs} />
    </Page>
  )
}

function providerText(provider: string): string {
  if (provider === 'bootstrap') return 'signed in by password'
  return provider === 'token' ? 'by a token' : `signed in by ${provider}`
}
