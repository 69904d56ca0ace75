// SPDX-License-Identifier: Apache-2.0
/** What well-known Git servers and git itself say, and what a user is told then. */
import { expect, test } from 'vitest'
import { remoteWords, serverFailure } from './git-failure.ts'

const URL_ = 'https://git.example/p/tenants.git'
const OPTIONS = { url: URL_, branch: 'main', directory: '/copy', author: { name: 'KaaS', email: 'kaas@example' } }
const UNAVAILABLE = 'git-unavailable'
const REFUSED = 'git-refused'
const DAMAGED = 'stored-data-corrupt'

const failureOf = (stderr: string) => serverFailure({ code: 128, stdout: '', stderr, timedOut: false }, OPTIONS)

test.each([
  [
    UNAVAILABLE,
    'asks for a log-in',
    'a wrong token',
    `remote: Invalid username or token.\nfatal: Authentication failed for '${URL_}/'\n`,
  ],
  [
    UNAVAILABLE,
    'asks for a log-in',
    'a wrong token, another server',
    `remote: HTTP Basic: Access denied.\nfatal: Authentication failed for '${URL_}/'\n`,
  ],
  [
    UNAVAILABLE,
    'asks for a log-in',
    'no token',
    `fatal: could not read Username for '${URL_}': terminal prompts disabled\n`,
  ],
  [
    UNAVAILABLE,
    'asks for a log-in',
    'a wrong key',
    'git@git.example: Permission denied (publickey).\nfatal: Could not read from remote repository.\n',
  ],
  [
    UNAVAILABLE,
    'not known',
    'an unknown host',
    'No ED25519 host key is known for git.example and you have requested strict checking.\nHost key verification failed.\n',
  ],
  [
    REFUSED,
    'denied to bot',
    'a token without the right to write',
    `remote: Permission to p/tenants.git denied to bot.\nfatal: unable to access '${URL_}/': The requested URL returned error: 403\n`,
  ],
  [
    REFUSED,
    'read only',
    'a key without the right to write',
    'ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.\n',
  ],
  [
    UNAVAILABLE,
    'no Git repository',
    'an absent repository',
    `remote: Repository not found.\nfatal: repository '${URL_}/' not found\n`,
  ],
  [
    UNAVAILABLE,
    'no Git repository',
    'an absent repository over SSH',
    'ERROR: Repository not found.\nfatal: Could not read from remote repository.\n',
  ],
  [UNAVAILABLE, 'no Git repository', 'a path that is none', "fatal: '/srv/x' does not appear to be a git repository\n"],
  [
    UNAVAILABLE,
    'cannot be trusted',
    'a certificate of another CA',
    `fatal: unable to access '${URL_}/': server certificate verification failed. CAfile: none\n`,
  ],
  [
    UNAVAILABLE,
    'resolve host',
    'no name service',
    `fatal: unable to access '${URL_}/': Could not resolve host: git.example\n`,
  ],
  [
    UNAVAILABLE,
    'error: 502',
    'a broken proxy',
    `fatal: unable to access '${URL_}/': The requested URL returned error: 502\n`,
  ],
  [UNAVAILABLE, 'bad object', 'damage on the server, not here', 'remote: fatal: bad object 1234\nfatal: early EOF\n'],
  [
    UNAVAILABLE,
    'disk is full',
    'a full disk here',
    'error: unable to write file: No space left on device\nfatal: index-pack failed\n',
  ],
  [
    DAMAGED,
    'damaged',
    'an empty object here',
    'error: object file ./objects/12/34 is empty\nfatal: loose object 1234 is corrupt\n',
  ],
])('%s with "%s" for %s', (code, words, _, stderr) => {
  const { error } = failureOf(stderr)
  expect(error).toMatchObject({ code, message: expect.stringContaining(words), help: expect.any(String) })
})

test('only what surely did not reach the server is called sure: a lost answer is not', () => {
  expect(failureOf(`fatal: unable to access '${URL_}/': Failed to connect to git.example port 443\n`).sure).toBe(true)
  expect(
    failureOf('error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: the remote end hung up\n').sure,
  ).toBe(false)
  expect(serverFailure({ code: undefined, stdout: '', stderr: '', timedOut: true }, OPTIONS).sure).toBe(false)
})

test('words are one line without hints, however long a server talks, and without a password', () => {
  const { error } = failureOf(
    `hint: try this\nwarning: x\nfatal: https://bot:hunter2@git.example/ ${'talks '.repeat(500)}\nmuch\n`,
  )
  expect(error.message).not.toMatch(/hunter2|hint|\n/)
  expect(error.message.length).toBeLessThan(800)
  expect(remoteWords('remote: Not on Fridays.\nremote:\nTo x\n ! [remote rejected]\n')).toBe('Not on Fridays.')
})
