// SPDX-License-Identifier: Apache-2.0
/** Makes the router of the list of pages. Search parts are plain text, so that links can be read (`browser/search-text.ts`). */
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { parseSearch, renderSearch } from '../browser/search-text.ts'
import type { PageEntry } from '../page-entry.ts'
import { PAGES } from '../pages.ts'
import { Page } from '../parts/page.tsx'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { Allowed } from './allowed.tsx'
import { Frame } from './frame.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NothingHere })
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Frame, notFoundComponent: NothingHere })

/** Within the frame, so that there is a way on. */
const anyOther = createRoute({ getParentRoute: () => framed, path: '$', component: NothingHere })

/** The one router of the app. */
export const router = createRouter({
  routeTree: root.addChildren([
    framed.addChildren([...PAGES.filter(({ bare }) => bare !== true).map((page) => routeFor(page, framed)), anyOther]),
    ...PAGES.filter(({ bare }) => bare === true).map((page) => routeFor(page, root)),
  ]),
  parseSearch,
  stringifySearch: renderSearch,
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: ({ error, reset }) => (
    <Page title="Something broke">
      <Failed error={error} retry={reset} />
    </Page>
  ),
  defaultNotFoundComponent: NothingHere,
  scrollRestoration: true,
})

function routeFor(page: PageEntry, parent: typeof root | typeof framed) {
  let Content: ComponentType = PageLoading
  return createRoute({
    getParentRoute: () => parent as typeof root,
    path: page.path,
    component: () => (
      <Allowed needs={page.needs} title={page.title}>
        <Content />
      </Allowed>
    ),
    // Also runs when the pointer rests on a link, so that the code is there before the click.
    loader: async () => {
      Content = await page.load()
    },
  })
}

function PageLoading() {
  return (
    <Page title="Loading …">
      <Loading />
    </Page>
  )
}

function NothingHere() {
  return (
    <Page title="Nothing here">
      <Empty title="There is no such page">Perhaps the link is old, or what it led to was deleted.</Empty>
    </Page>
  )
}
