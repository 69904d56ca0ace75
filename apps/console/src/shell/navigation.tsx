// SPDX-License-Identifier: Apache-2.0
/** The pages that the person may see, by section. */
import { NavLink, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useMay } from '../data/session.ts'
import { NAVIGATION_SECTIONS, type PageEntry } from '../page-entry.ts'
import { PAGES } from '../pages.ts'
import classes from './shell.module.css'

export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const offered = useOfferedPages()
  const { pathname } = useLocation()
  return (
    <nav aria-label="Pages" className={classes.navigation}>
      {NAVIGATION_SECTIONS.map((section) => {
        const pages = offered.filter(({ navigation }) => navigation?.section === section)
        return pages.length === 0 ? null : (
          <section key={section} aria-label={section}>
            <Text className={classes.section} aria-hidden="true">
              {section}
            </Text>
            {pages.map(({ path, title, navigation }) => {
              const Icon = navigation?.icon
              const isHere = path === pathname || (path !== '/' && pathname.startsWith(`${path}/`))
              return (
                <NavLink
                  key={path}
                  component={Link}
                  to={path}
                  onClick={onGo}
                  label={title}
                  active={isHere}
                  aria-current={isHere ? 'page' : undefined}
                  leftSection={Icon === undefined ? undefined : <Icon size={16} aria-hidden />}
                  noWrap
                  className={classes.link}
                />
              )
            })}
          </section>
        )
      })}
    </nav>
  )
}

/** Pages of the navigation that she has a right for. */
export function useOfferedPages(): readonly PageEntry[] {
  const may = useMay()
  return PAGES.filter(
    ({ navigation, needs }) => navigation !== undefined && (needs === undefined || needs.some((right) => may(right))),
  )
}
