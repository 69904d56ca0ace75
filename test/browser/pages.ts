// SPDX-License-Identifier: Apache-2.0
/** Where each page of the console is seen with something on it. `of` is its entry in the console's own list, `name` that of its picture. */

/** One page. */
export interface SeenPage {
  readonly name: string
  readonly of: string
  readonly path: string
}

export const PAGES: readonly SeenPage[] = [
  { name: 'home', of: '/', path: '/' },
  { name: 'tenants', of: '/tenants', path: '/tenants' },
  { name: 'order', of: '/order', path: '/order' },
  { name: 'tenant', of: '/tenants/$tenant', path: '/tenants/orders' },
  { name: 'topics', of: '/tenants/$tenant/topics', path: '/tenants/orders/topics' },
  { name: 'new-topic', of: '/tenants/$tenant/new-topic', path: '/tenants/orders/new-topic' },
  { name: 'topic', of: '/tenants/$tenant/topics/$topic', path: '/tenants/orders/topics/payments' },
  { name: 'connect', of: '/tenants/$tenant/connect', path: '/tenants/orders/connect' },
  { name: 'history', of: '/tenants/$tenant/history', path: '/tenants/orders/history' },
  { name: 'document', of: '/tenants/$tenant/document', path: '/tenants/orders/document' },
  { name: 'groups', of: '/tenants/$tenant/groups', path: '/tenants/orders/groups' },
  { name: 'group', of: '/tenants/$tenant/groups/$group', path: '/tenants/orders/groups/readers' },
  { name: 'users', of: '/tenants/$tenant/users', path: '/tenants/orders/users' },
  { name: 'new-user', of: '/tenants/$tenant/new-user', path: '/tenants/orders/new-user' },
  { name: 'user', of: '/tenants/$tenant/users/$user', path: '/tenants/orders/users/app' },
  { name: 'shares', of: '/tenants/$tenant/shares', path: '/tenants/orders/shares' },
  { name: 'new-share', of: '/tenants/$tenant/new-share', path: '/tenants/orders/new-share' },
  { name: 'share', of: '/tenants/$tenant/shares/$share', path: '/tenants/orders/shares/money' },
  { name: 'teams', of: '/teams', path: '/teams' },
  { name: 'new-team', of: '/new-team', path: '/new-team' },
  { name: 'team', of: '/teams/$team', path: '/teams/orders' },
  { name: 'roles', of: '/roles', path: '/roles' },
  { name: 'role', of: '/roles/$role', path: '/roles/team-member' },
  { name: 'new-role', of: '/new-role', path: '/new-role' },
  { name: 'binding', of: '/bindings/$binding', path: '/bindings/orders-readers' },
  { name: 'new-binding', of: '/new-binding', path: '/new-binding?role=team-viewer&team=orders' },
  { name: 'why', of: '/why', path: '/why?person=edsger&kind=Topic&tenant=orders' },
  { name: 'account', of: '/account', path: '/account' },
  { name: 'clusters', of: '/clusters', path: '/clusters' },
  { name: 'cluster', of: '/clusters/$cluster', path: '/clusters/local' },
  { name: 'platform', of: '/platform', path: '/platform' },
  { name: 'audit', of: '/audit', path: '/audit' },
  { name: 'policies', of: '/policies', path: '/policies' },
  { name: 'policy', of: '/policies/$policy', path: '/policies/few-partitions' },
  { name: 'new-policy', of: '/new-policy', path: '/new-policy' },
  { name: 'device', of: '/device', path: '/device?code=BCDF-GHJK' },
  { name: 'sign-in', of: '/sign-in', path: '/sign-in' },
]
