// SPDX-License-Identifier: Apache-2.0
/** What must never reach a repository, and what looks like it and must. */
import { expect, test } from 'vitest'
import { refuseSecrets, secretIn } from './secret-guard.ts'

const KEY_HEAD = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')

test.each([
  ['a private key', `${KEY_HEAD}\nMIIE\n`],
  ['a private key', `key: |\n  ${KEY_HEAD.replace('BEGIN', 'BEGIN EC')}\n`],
  ['the key of a kubeconfig', 'users:\n- user:\n    client-key-data: TUlJ\n'],
  ['a token of this product', `token: kaas_${'a1-_'.repeat(11)}\n`],
  ['an address with a password', 'url: https://bot:hunter2@git.example/x.git\n'],
  ['the data of a Secret', 'apiVersion: v1\nkind: Secret\nmetadata: {name: app}\ndata:\n  password: aHVudGVyMg==\n'],
  ['the data of a Secret', 'kind: ConfigMap\n---\n# users\n"kind": "Secret"\nstringData: {password: hunter2}\n'],
  ['the data of a Secret', '{"kind":"List","items":[{"kind":"Secret","data":{"password":"aHVudGVyMg=="}}]}'],
])('%s is found', (what, text) => {
  expect(secretIn(text)).toBe(what)
})

test.each([
  [
    'a reference to a Secret',
    'kind: HelmRelease\nspec:\n  valuesFrom:\n    - kind: Secret\n      name: x\n  values: {data: 1}\n',
  ],
  ['a Secret without data', 'kind: Secret\nmetadata: {name: app}\ndata: {}\n'],
  ['a Secret encrypted by SOPS', 'kind: Secret\ndata: {password: "ENC[AES256_GCM,data:x]"}\nsops: {version: 3.9.0}\n'],
  ['an ExternalSecret', 'kind: ExternalSecret\nspec:\n  data:\n    - secretKey: password\n'],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n'],
  ['an address with a user', 'url: ssh://git@git.example:22/x.git\n'],
  ['a text about Secrets', 'A Secret has data: keep it elsewhere.\n- &a [*b\n'],
])('%s may go into Git', (_, text) => {
  expect(secretIn(text)).toBeUndefined()
})

test('removing a file is never refused', () => {
  expect(() => refuseSecrets(new Map([['a.yaml', undefined]]))).not.toThrow()
})
