// SPDX-License-Identifier: Apache-2.0
/** The frame around every page of somebody who is signed in: header, navigation, main part. Who is not is led to the sign-in. */
import { AppShell, Center, Loader } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { liveStream } from '../data/live.ts'
import { sessionQuery } from '../data/session.ts'
import { Failed } from '../parts/states.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import { usePalette } from './palette-on-demand.tsx'

export function Frame() {
  const { data: session, error, refetch } = useQuery(sessionQuery)
  if (session === undefined) {
    return (
      <Center mih="100dvh" p="md" component="main">
        {error === null ? <Loader type="dots" aria-label="Loading" /> : <Failed error={error} retry={refetch} />}
      </Center>
    )
  }
  return session === null ? <ToSignIn /> : <SignedInFrame />
}

/** Leads to the sign-in once, and from there back to the page that was asked for first. */
function ToSignIn() {
  const navigate = useNavigate()
  const { href } = useLocation()
  // While the router is on its way this component sees the address of the sign-in, too.
  const [asked] = useState(href)
  useEffect(() => {
    const returnTo = asked === '/' ? undefined : asked
    void navigate({ to: '/sign-in', search: { returnTo } as never, replace: true })
  }, [navigate, asked])
  return null
}

function SignedInFrame() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const { open, palette } = usePalette()
  useEffect(() => {
    liveStream.start()
    return () => liveStream.stop()
  }, [])
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <AppShell
        header={{ height: 48 }}
        navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={0}
        withBorder
      >
        <AppShell.Header>
          <Header isOpen={isOpen} onToggle={toggle} onPalette={open} />
        </AppShell.Header>
        <AppShell.Navbar>
          <Navigation onGo={close} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
      {palette}
    </>
  )
}
