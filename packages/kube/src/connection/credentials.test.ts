// SPDX-License-Identifier: Apache-2.0
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDirectory } from '@kaas/testkit'
import { expect, test } from 'vitest'
import { CredentialSource } from './credentials.ts'

const NOW = new Date('2026-11-21T08:00:00Z')

test('a token in a file is read again each time, because it is rotated', async () => {
  const tokenFile = join(temporaryDirectory('kube'), 'token')
  const source = sourceFor({ tokenFile })
  await writeFile(tokenFile, 'one\n')
  expect((await source.current()).headers).toEqual({ authorization: 'Bearer one' })
  await writeFile(tokenFile, 'two\n')
  expect((await source.current()).headers).toEqual({ authorization: 'Bearer two' })
})

test('a program is run once for calls at the same time, and again when its token is about to expire', async () => {
  const { command, runs } = await program(
    `{"kind":"ExecCredential","status":{"token":"t","expirationTimestamp":"2026-11-21T08:14:00Z"}}`,
  )
  let now = NOW
  const source = sourceFor({ exec: exec(command) }, () => now)
  const both = await Promise.all([source.current(), source.current()])
  expect(both.map(({ headers }) => headers)).toEqual([{ authorization: 'Bearer t' }, { authorization: 'Bearer t' }])
  expect(await runs()).toBe(1)
  now = new Date('2026-11-21T08:13:45Z')
  await source.current()
  expect(await runs()).toBe(2)
})

test('a program is run again after the API server refused its token', async () => {
  const { command, runs } = await program(`{"kind":"ExecCredential","status":{"token":"t"}}`)
  const source = sourceFor({ exec: exec(command) })
  await source.current()
  source.forget('log-in')
  await source.current()
  expect(await runs()).toBe(2)
})

test.each([
  ['fails', 'echo "no credentials for profile" >&2; exit 3', 'no credentials for profile'],
  ['prints something else', 'echo hello', 'did not print an ExecCredential'],
  ['prints no credential', `echo '{"kind":"ExecCredential","status":{}}'`, 'neither a token nor a certificate'],
])('a program that %s is told with its own words', async (_, script, words) => {
  const { command } = await program('', script)
  const refusal = { code: 'kubernetes-refused', message: expect.stringContaining(words) }
  await expect(sourceFor({ exec: exec(command) }).current()).rejects.toMatchObject(refusal)
})

test('a program that is not installed is told with the hint of the kubeconfig', async () => {
  const source = sourceFor({ exec: { ...exec('no-such-program-here'), installHint: 'Install it from the intranet.' } })
  await expect(source.current()).rejects.toMatchObject({
    message: expect.stringContaining('no such program'),
    help: 'Install it from the intranet.',
  })
})

test.each([
  ['a program', { exec: exec('touch') }],
  ['a file', { tokenFile: 'token' }],
])('a kubeconfig that was read from a cluster may not name %s of this machine', async (_, user) => {
  const source = new CredentialSource(kubeconfig(user), false, () => NOW)
  await expect(source.current()).rejects.toMatchObject({ code: 'config-invalid' })
})

test('a file that is not there is named', async () => {
  const tokenFile = join(temporaryDirectory('kube'), 'absent')
  await expect(sourceFor({ tokenFile }).current()).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining(tokenFile),
  })
})

test('who acts as somebody else says so in every request', async () => {
  const { headers } = await sourceFor({ token: 't', as: 'viewer', 'as-groups': ['team-a'] }).current()
  expect(headers).toEqual({ authorization: 'Bearer t', 'impersonate-user': 'viewer', 'impersonate-group': ['team-a'] })
})

function sourceFor(user: object, now = () => NOW): CredentialSource {
  return new CredentialSource(kubeconfig(user), true, now)
}

function kubeconfig(user: object): string {
  return JSON.stringify({
    'current-context': 'a',
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    clusters: [{ name: 'a', cluster: { server: 'https://kube.example' } }],
    users: [{ name: 'a', user }],
  })
}

function exec(command: string) {
  return { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' }
}

/** A program that prints `output`, or does what `script` says, and counts its runs. */
async function program(output: string, script = `cat <<'END'\n${output}\nEND`) {
  const folder = temporaryDirectory('kube')
  const command = join(folder, 'log-in')
  await writeFile(command, `#!/bin/sh\necho run >> '${folder}/runs'\n${script}\n`)
  await chmod(command, 0o700)
  return { command, runs: async () => (await readFile(join(folder, 'runs'), 'utf8')).trim().split('\n').length }
}
