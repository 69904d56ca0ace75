// SPDX-License-Identifier: Apache-2.0
/** Every page of the console. A new one is a line here and a folder in `pages/`. The order is that of the navigation. */
import { Boxes, HeartPulse, Home, Scale, ScrollText, Server, ShoppingCart } from 'lucide-react'
import type { PageEntry } from './page-entry.ts'

export const PAGES: readonly PageEntry[] = [
  {
    path: '/',
    title: 'Home',
    navigation: { section: 'Work', icon: Home },
    load: () => import('./pages/start/start-page.tsx').then(({ StartPage }) => StartPage),
  },
  {
    path: '/tenants',
    title: 'Tenants',
    needs: [{ verb: 'read', kind: 'Tenant' }],
    navigation: { section: 'Work', icon: Boxes },
    load: () => import('./pages/tenants/tenants-page.tsx').then(({ TenantsPage }) => TenantsPage),
  },
  {
    path: '/order',
    title: 'Order a tenant',
    needs: [{ verb: 'write', kind: 'Tenant' }],
    navigation: { section: 'Work', icon: ShoppingCart },
    load: () => import('./pages/order/order-page.tsx').then(({ OrderPage }) => OrderPage),
  },
  {
    path: '/clusters',
    title: 'Clusters',
    needs: [{ verb: 'read', kind: 'Platform' }],
    navigation: { section: 'Platform', icon: Server },
    load: () => import('./pages/clusters/clusters-page.tsx').then(({ ClustersPage }) => ClustersPage),
  },
  {
    path: '/clusters/$cluster',
    title: 'Cluster',
    needs: [{ verb: 'read', kind: 'Platform' }],
    load: () => import('./pages/clusters/cluster-page.tsx').then(({ ClusterPage }) => ClusterPage),
  },
  {
    path: '/platform',
    title: 'Platform health',
    needs: [{ verb: 'read', kind: 'Platform' }],
    navigation: { section: 'Platform', icon: HeartPulse },
    load: () => import('./pages/platform/platform-page.tsx').then(({ PlatformPage }) => PlatformPage),
  },
  {
    path: '/tenants/$tenant',
    title: 'Tenant',
    needs: [{ verb: 'read', kind: 'Tenant' }],
    load: () => import('./pages/tenant/tenant-page.tsx').then(({ TenantPage }) => TenantPage),
  },
  {
    path: '/tenants/$tenant/topics',
    title: 'Topics',
    needs: [{ verb: 'read', kind: 'Topic' }],
    load: () => import('./pages/topics/topics-page.tsx').then(({ TopicsPage }) => TopicsPage),
  },
  {
    path: '/tenants/$tenant/new-topic',
    title: 'Create a topic',
    needs: [{ verb: 'write', kind: 'Topic' }],
    load: () => import('./pages/topics/new-topic-page.tsx').then(({ NewTopicPage }) => NewTopicPage),
  },
  {
    path: '/tenants/$tenant/topics/$topic',
    title: 'Topic',
    needs: [{ verb: 'read', kind: 'Topic' }],
    load: () => import('./pages/topics/topic-page.tsx').then(({ TopicPage }) => TopicPage),
  },
  {
    path: '/tenants/$tenant/connect',
    title: 'Connect',
    needs: [{ verb: 'read', kind: 'User' }],
    load: () => import('./pages/connect/connect-page.tsx').then(({ ConnectPage }) => ConnectPage),
  },
  {
    path: '/tenants/$tenant/history',
    title: 'History',
    needs: [{ verb: 'read', kind: 'Audit' }],
    load: () => import('./pages/history/history-page.tsx').then(({ HistoryPage }) => HistoryPage),
  },
  {
    path: '/tenants/$tenant/document',
    title: 'YAML',
    needs: [{ verb: 'read', kind: 'Tenant' }],
    load: () => import('./pages/tenant/document-page.tsx').then(({ TenantDocumentPage }) => TenantDocumentPage),
  },
  {
    path: '/tenants/$tenant/groups',
    title: 'Groups',
    needs: [{ verb: 'read', kind: 'Group' }],
    load: () => import('./pages/groups/groups-page.tsx').then(({ GroupsPage }) => GroupsPage),
  },
  {
    path: '/tenants/$tenant/groups/$group',
    title: 'Group',
    needs: [{ verb: 'read', kind: 'Group' }],
    load: () => import('./pages/groups/group-page.tsx').then(({ GroupPage }) => GroupPage),
  },
  {
    path: '/tenants/$tenant/users',
    title: 'Users',
    needs: [{ verb: 'read', kind: 'User' }],
    load: () => import('./pages/users/users-page.tsx').then(({ UsersPage }) => UsersPage),
  },
  {
    path: '/tenants/$tenant/new-user',
    title: 'Create a user',
    needs: [{ verb: 'write', kind: 'User' }],
    load: () => import('./pages/users/new-user-page.tsx').then(({ NewUserPage }) => NewUserPage),
  },
  {
    path: '/tenants/$tenant/users/$user',
    title: 'User',
    needs: [{ verb: 'read', kind: 'User' }],
    load: () => import('./pages/users/user-page.tsx').then(({ UserPage }) => UserPage),
  },
  {
    path: '/policies',
    title: 'Policies',
    needs: [{ verb: 'read', kind: 'Policy' }],
    navigation: { section: 'Platform', icon: Scale },
    load: () => import('./pages/policies/policies-page.tsx').then(({ PoliciesPage }) => PoliciesPage),
  },
  {
    path: '/policies/$policy',
    title: 'Policy',
    needs: [{ verb: 'read', kind: 'Policy' }],
    load: () => import('./pages/policies/policy-page.tsx').then(({ PolicyPage }) => PolicyPage),
  },
  {
    path: '/new-policy',
    title: 'Write a policy',
    needs: [{ verb: 'write', kind: 'Policy' }],
    load: () => import('./pages/policies/new-policy-page.tsx').then(({ NewPolicyPage }) => NewPolicyPage),
  },
  {
    path: '/audit',
    title: 'Audit',
    needs: [{ verb: 'read', kind: 'Audit' }],
    navigation: { section: 'People', icon: ScrollText },
    load: () => import('./pages/audit/audit-page.tsx').then(({ AuditPage }) => AuditPage),
  },
  {
    path: '/account',
    title: 'Your account',
    load: () => import('./pages/account/account-page.tsx').then(({ AccountPage }) => AccountPage),
  },
  {
    path: '/device',
    title: 'Sign in the command line',
    load: () => import('./pages/device/device-page.tsx').then(({ DevicePage }) => DevicePage),
  },
  {
    path: '/sign-in',
    title: 'Sign in',
    bare: true,
    load: () => import('./pages/sign-in/sign-in-page.tsx').then(({ SignInPage }) => SignInPage),
  },
]
