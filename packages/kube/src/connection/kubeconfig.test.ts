// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseKubeconfig } from './kubeconfig.ts'

test('the current context is read, with certificates from the text', () => {
  const text = kubeconfig({ 'client-certificate-data': encoded('C'), 'client-key-data': encoded('K') })
  expect(parseKubeconfig(text)).toMatchObject({
    server: 'https://kube.example:6443',
    authority: { kind: 'text', text: 'CA' },
    certificate: { certificate: { kind: 'text', text: 'C' }, key: { kind: 'text', text: 'K' } },
    isInsecure: false,
  })
})

test('the way in which EKS logs in is read', () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'aws',
    args: ['eks', 'get-token', '--cluster-name', 'management'],
    env: [{ name: 'AWS_PROFILE', value: 'platform' }],
    interactiveMode: 'IfAvailable',
  }
  expect(parseKubeconfig(kubeconfig({ exec })).exec).toMatchObject({
    command: 'aws',
    args: exec.args,
    env: { AWS_PROFILE: 'platform' },
  })
})

test('a file with a token wins over a token, since it is rotated', () => {
  expect(parseKubeconfig(kubeconfig({ token: 'old', tokenFile: 'token' })).token).toEqual({ kind: 'file', path: 'token' })
})

test.each([
  ['a certificate without a key', { 'client-certificate-data': encoded('C') }, 'without its key'],
  ['a log-in that Kubernetes removed', { 'auth-provider': { name: 'gcp' } }, 'auth-provider: was removed'],
  [
    'a program that must ask a person',
    { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x', interactiveMode: 'Always' } },
    'exec.interactiveMode',
  ],
  [
    'a program of an unknown protocol',
    { exec: { apiVersion: 'client.authentication.k8s.io/v9', command: 'x' } },
    'exec.apiVersion',
  ],
])('%s is refused by name', (_, user, words) => {
  expect(() => parseKubeconfig(kubeconfig(user))).toThrowError(
    expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining(words) }),
  )
})

test('a message about a kubeconfig never shows what is secret in it', () => {
  const text = kubeconfig({ token: 'secret-token', 'client-key-data': 'secret-key', 'as-groups': 'secret-place' })
  expect(() => parseKubeconfig(text)).toThrowError(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  )
})

function kubeconfig(user: object): string {
  const cluster = { server: 'https://kube.example:6443/', 'certificate-authority-data': encoded('CA') }
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'a',
    contexts: [{ name: 'a', context: { cluster: 'b', user: 'c' } }],
    clusters: [{ name: 'b', cluster }],
    users: [{ name: 'c', user }],
  })
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}
