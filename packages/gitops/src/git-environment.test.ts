// SPDX-License-Identifier: Apache-2.0
/** Which addresses are taken, and that git sees nothing of this machine's own settings. SSH is asked by the real program `ssh -G`. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { gitEnvironment, gitSettings, shownUrl, transportOf } from './git-environment.ts'

const OPTIONS = { branch: 'main', directory: '/copy', author: { name: 'KaaS', email: 'kaas@example' } }

test.each([
  ['https://git.example/platform/tenants.git', 'https'],
  ['https://bot@git.example/tenants.git', 'https'],
  ['http://127.0.0.1:8080/tenants.git', 'http'],
  ['ssh://git@git.example:2222/tenants.git', 'ssh'],
  ['git@git.example:platform/tenants.git', 'ssh'],
  ['git@git.example:/srv/tenants.git', 'ssh'],
  ['git.example:42/tenants.git', 'ssh'],
  ['file:///srv/tenants.git', 'file'],
  ['/srv/tenants.git', 'file'],
  ['./tenants.git', 'file'],
])('%s is reached by %s', (url, transport) => {
  expect(transportOf(url)).toBe(transport)
})

test.each([
  ['an option in place of an address', '--upload-pack=touch /tmp/x'],
  ['a program in place of an address', 'ext::sh -c whoami'],
  ['a host that is an option', 'ssh://-oProxyCommand=x/y'],
  ['the unprotected protocol of git', 'git://git.example/x.git'],
  ['a name alone', 'tenants'],
  ['nothing', ''],
])('%s is refused (%s)', (_, url) => {
  expect(() => transportOf(url)).toThrow(expect.objectContaining({ code: 'config-invalid' }))
})

test('an address with a password is refused without showing it', () => {
  const thrown = (() => {
    try {
      return transportOf('https://bot:hunter2@git.example/x.git')
    } catch (error) {
      return String(error)
    }
  })()
  expect(thrown).toMatch(/must not have a password/)
  expect(thrown).not.toContain('hunter2')
  expect(shownUrl('fatal: https://bot:hunter2@git.example/x')).toBe('fatal: https://git.example/x')
})

test('a token is never sent over plain HTTP to another machine, nor to another host', () => {
  const credentialsFile = '/run/secrets/git'
  const plain = { ...OPTIONS, url: 'http://git.example/x.git', credentialsFile }
  expect(() => gitSettings(plain)).toThrow(expect.objectContaining({ code: 'config-invalid' }))
  const names = gitSettings({ ...plain, url: 'https://bot@git.example:8443/x.git' }).map(([name]) => name)
  expect(names).toContain('credential.https://git.example:8443.helper')
  expect(names).not.toContain('credential.helper')
})

test('settings and agents of the machine do not reach git, the way out of the network does', () => {
  const outer = {
    PATH: '/bin',
    HTTPS_PROXY: 'http://proxy:3128',
    no_proxy: 'x',
    SSH_AUTH_SOCK: '/agent',
    GIT_DIR: '/x',
    LANG: 'de_DE',
  }
  const environment = gitEnvironment({ ...OPTIONS, url: '/x' }, '/copy', outer)
  expect(environment).toMatchObject({
    PATH: '/bin',
    HTTPS_PROXY: 'http://proxy:3128',
    no_proxy: 'x',
    LC_ALL: 'C',
    HOME: '/copy',
  })
  expect(Object.keys(environment)).not.toContain('SSH_AUTH_SOCK')
  expect(Object.keys(environment)).not.toContain('GIT_DIR')
})

test('for a person, git sees her own settings and agent, and never the repository that she stands in', () => {
  const outer = {
    HOME: '/home',
    SSH_AUTH_SOCK: '/agent',
    GIT_SSH_COMMAND: 'ssh -J jump',
    GIT_DIR: '/x',
    GIT_INDEX_FILE: '/y',
  }
  const environment = gitEnvironment({ ...OPTIONS, url: 'git@git.example:x', isPerson: true }, '/copy', outer)
  expect(environment).toMatchObject({ HOME: '/home', SSH_AUTH_SOCK: '/agent', GIT_SSH_COMMAND: 'ssh -J jump', LC_ALL: 'C' })
  for (const name of ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_CONFIG_GLOBAL']) expect(Object.keys(environment)).not.toContain(name)
  const ssh = { keyFile: '/key', knownHostsFile: '/hosts' }
  const given = gitEnvironment({ ...OPTIONS, url: 'git@git.example:x', isPerson: true, ssh }, '/copy', outer)
  expect(given.GIT_SSH_COMMAND).toContain('IdentityFile="/key"')
})

test('ssh uses the given key and known hosts only, and refuses strangers, whatever the paths are called', () => {
  const ssh = { keyFile: "/run/it's 100% ours/key", knownHostsFile: '/run/known hosts' }
  const command = gitEnvironment({ ...OPTIONS, url: 'git@git.example:x', ssh }, '/copy', {}).GIT_SSH_COMMAND
  const effective = execFileSync('sh', ['-c', `${command} -G git.example`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n')
  expect(effective).toEqual(
    expect.arrayContaining([
      'batchmode yes',
      'stricthostkeychecking true',
      'identitiesonly yes',
      'identityagent none',
      'globalknownhostsfile /dev/null',
      "identityfile /run/it's 100%% ours/key", // Doubled: it is expanded when the file is opened.,
      'userknownhostsfile /run/known hosts',
    ]),
  )
})
