// SPDX-License-Identifier: Apache-2.0
/** The frame around every page of somebody who is signed in: header, navigation, main part. Who is not is led to the sign-in. */
import { AppShell, Center, Loader } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { liveStream } from '../data/live.ts'
import { sessionQuery } from '../data/session.ts'
import { Failed } from '../parts/states.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'

export function Frame() {
  const { data: session, error, refetch } = useQuery(sessionQuery)
  const location = useLocation()
  if (session === undefined) {
    return (
      <Center mih="100dvh" p="md" component="main">
        {error === null ? <Loader type="dots" aria-label="Loading" /> : <Failed error={error} retry={refetch} />}
      </Center>
    )
  }
  if (session === null) {
    const returnTo = location.href === '/' ? undefined : location.href
    return <Navigate to="/sign-in" search={{ returnTo } as never} replace />
  }
  return <SignedInFrame />
}

function SignedInFrame() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
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
          <Header isOpen={isOpen} onToggle={toggle} />
        </AppShell.Header>
        <AppShell.Navbar>
          <Navigation onGo={close} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <Palette />
    </>
  )
}
