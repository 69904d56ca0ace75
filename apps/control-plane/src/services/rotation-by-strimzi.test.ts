// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { rotationByStrimzi } from './rotation-by-strimzi.ts'

const app = { tenant: 'shop', user: 'app', isolation: 'namespace', authentication: 'scram-sha-512' } as const

test.each([
  ['a password in a namespace', app, /^Run: kubectl delete secret shop\.app --namespace kaas-shop\. .* before ends at once/],
  [
    'a password in a cluster of its own, which is entered first',
    { ...app, isolation: 'cluster' },
    /^Run: kubectl get secret shop-kubeconfig .* && kubectl --kubeconfig shop\.kubeconfig delete secret shop\.app/,
  ],
  ['a certificate, which deleting does not revoke', { ...app, authentication: 'tls' }, /stays valid until it expires/],
] as const)('who wants another log-in of a dedicated tenant is told how: %s', (_, user, help) => {
  const { code, help: told } = rotationByStrimzi(user)
  expect(code).toBe('not-supported')
  expect(told).toMatch(help)
  expect(told).toContain('npx kaas connect shop --user app')
})
