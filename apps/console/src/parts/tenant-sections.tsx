// SPDX-License-Identifier: Apache-2.0
/** What belongs to one tenant, as links below the title of each of its pages. */
import { Link, useLocation } from '@tanstack/react-router'
import { useMay } from '../data/session.ts'
import classes from './tenant-sections.module.css'

const SECTIONS = [
  { label: 'Overview', path: '', kind: 'Tenant' },
  { label: 'Topics', path: '/topics', kind: 'Topic' },
  { label: 'Groups', path: '/groups', kind: 'Group' },
  { label: 'Users', path: '/users', kind: 'User' },
  { label: 'Shares', path: '/shares', kind: 'TopicShare' },
  { label: 'Connect', path: '/connect', kind: 'User' },
  { label: 'History', path: '/history', kind: 'Audit' },
  { label: 'YAML', path: '/document', kind: 'Tenant' },
] as const

/** The sections that the person may see, the present one marked. */
export function TenantSections({ tenant }: { readonly tenant: string }) {
  const may = useMay()
  const { pathname } = useLocation()
  const base = `/tenants/${encodeURIComponent(tenant)}`
  return (
    <nav aria-label={`Of the tenant ${tenant}`} className={classes.sections}>
      {SECTIONS.filter(({ kind }) => may({ verb: 'read', kind }, { tenant })).map(({ label, path }) => {
        const isHere = path === '' ? pathname === base : pathname.startsWith(base + path)
        return (
          <Link
            key={label}
            to={base + path}
            className={classes.section}
            // The router marks links to pages above the present one as well, unless they must be it.
            activeOptions={{ exact: path === '' }}
            aria-current={isHere ? 'page' : undefined}
          >
            {label}
          </Link>
        )
      })}
    </nav>
  )
}

/** The pages above one of a tenant, for `<Page above>`. */
export function aboveInTenant(tenant: string, ...further: readonly { readonly label: string; readonly path: string }[]) {
  const base = `/tenants/${encodeURIComponent(tenant)}`
  return [
    { label: 'Tenants', to: '/tenants' },
    { label: tenant, to: base },
    ...further.map(({ label, path }) => ({ label, to: base + path })),
  ]
}
