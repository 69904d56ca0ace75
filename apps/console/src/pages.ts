// SPDX-License-Identifier: Apache-2.0
/** Every page of the console. A new one is a line here and a folder in `pages/`. The order is that of the navigation. */
import { Boxes, Home, ShoppingCart } from 'lucide-react'
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
    path: '/tenants/$tenant',
    title: 'Tenant',
    needs: [{ verb: 'read', kind: 'Tenant' }],
    load: () => import('./pages/tenant/tenant-page.tsx').then(({ TenantPage }) => TenantPage),
  },
  {
    path: '/sign-in',
    title: 'Sign in',
    bare: true,
    load: () => import('./pages/sign-in/sign-in-page.tsx').then(({ SignInPage }) => SignInPage),
  },
]
