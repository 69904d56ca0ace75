// SPDX-License-Identifier: Apache-2.0
/**
 * What git is told about the world: settings and environment. On a server they are exact, so that no file of a user or of the system
 * changes what it does. Secrets are never in them: git asks the credential helper below, which reads the file at that moment.
 */
import { isAbsolute } from 'node:path'
import { KaasError } from '@kaas/errors'
import type { RepositoryOptions } from './tenant-repository.ts'

/** What passes through from our own environment: where programs are, and the way out of the network. */
const PASSED = /^(PATH|TMPDIR|SSL_CERT_FILE|SSL_CERT_DIR|(https?|all|no)_proxy)$/i

/** What would make git work in another repository than ours. */
const OTHER_REPOSITORY =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX)$/

const WITHOUT_SETTINGS = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' }

const SCP_LIKE = /^(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9][\w.-]*:(?!:|\/\/)[^\s]+$/

/** How git reaches a repository. */
export type Transport = 'http' | 'https' | 'ssh' | 'file'

/** The transport of a URL. Throws `config-invalid` for what git would take and we do not, and for a password in it. */
export function transportOf(url: string): Transport {
  if (/^\w[\w+.-]*:\/\//.test(url)) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined
    const scheme = parsed?.protocol.slice(0, -1)
    if (parsed === undefined || !isTransport(scheme)) throw wrongUrl(url, 'it must begin with https://, ssh:// or file://')
    if (/^-|@-/.test(`${parsed.username}@${parsed.hostname}`)) throw wrongUrl(url, 'a name in it begins with "-"')
    if (parsed.password !== '') throw wrongUrl(url, 'it must not have a password')
    return scheme
  }
  if (isAbsolute(url) || url.startsWith('./') || url.startsWith('../')) return 'file'
  if (SCP_LIKE.test(url)) return 'ssh'
  throw wrongUrl(url, 'it must be https://…, ssh://…, git@host:path, file://… or a path that begins with /, ./ or ../')
}

/** The environment of every git process. `directory` stands in for the home folder of a server. */
export function gitEnvironment(
  options: RepositoryOptions,
  directory: string,
  outer: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { credentialsFile, isPerson, ssh } = options
  const kept = isPerson === true ? (name: string) => !OTHER_REPOSITORY.test(name) : (name: string) => PASSED.test(name)
  const passed = Object.entries(outer).filter((entry): entry is [string, string] => entry[1] !== undefined && kept(entry[0]))
  return {
    ...Object.fromEntries(passed),
    ...(isPerson !== true && { HOME: directory, ...WITHOUT_SETTINGS }),
    ...((isPerson !== true || ssh !== undefined) && { GIT_SSH_VARIANT: 'ssh', GIT_SSH_COMMAND: sshCommand(ssh) }),
    ...(credentialsFile !== undefined && { KAAS_GIT_CREDENTIALS_FILE: credentialsFile }),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https:ssh:file',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
  }
}

/** Settings by name, given to git with `-c`. The helper is bound to the host of the URL: a redirect elsewhere gets no token. */
export function gitSettings(options: RepositoryOptions): readonly (readonly [string, string])[] {
  const { caFile, credentialsFile, url } = options
  const transport = transportOf(url)
  const settings: [string, string][] = [
    ['gc.auto', '0'],
    ['core.fsync', 'none'], // The copy can be lost; what counts is on the server, which syncs by itself.
    ['core.quotePath', 'false'],
    ['protocol.version', '2'],
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', '30'],
    ['push.gpgSign', 'false'],
  ]
  if (caFile !== undefined) settings.push(['http.sslCAInfo', caFile])
  if (credentialsFile === undefined || (transport !== 'http' && transport !== 'https')) return settings
  const { host, hostname, protocol } = new URL(url)
  if (transport === 'http' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    throw wrongUrl(url, 'credentials are sent over https:// only')
  }
  const name = `credential.${protocol}//${host}.helper`
  return [...settings, [name, ''], [name, CREDENTIAL_HELPER]] // The empty one takes helpers of a person away.
}

/** A URL as it may be shown: without user and password, whatever was given. */
export function shownUrl(url: string): string {
  return url.replace(/\/\/[^/@\s]*@/g, '//')
}

/** Reads `user:token`, the first line; a token may have colons. The path comes by the environment, so no quoting can go wrong. */
const CREDENTIAL_HELPER =
  '!f() { test "$1" = get || exit 0; IFS=: read -r user token < "$KAAS_GIT_CREDENTIALS_FILE"; ' +
  'printf "username=%s\\npassword=%s\\n" "$user" "$token"; }; f'

function isTransport(scheme: string | undefined): scheme is Transport {
  return scheme === 'http' || scheme === 'https' || scheme === 'ssh' || scheme === 'file'
}

function sshCommand(ssh: RepositoryOptions['ssh']): string {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'GlobalKnownHostsFile=/dev/null',
    `UserKnownHostsFile=${ssh === undefined ? '/dev/null' : sshQuoted(ssh.knownHostsFile)}`,
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    `IdentityFile=${ssh === undefined ? 'none' : sshQuoted(ssh.keyFile)}`,
    'ConnectTimeout=15',
    'ServerAliveInterval=10',
    'ServerAliveCountMax=3',
  ]
  return ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', shellQuoted(option)])].join(' ')
}

/** ssh reads the value of an option as a line of its configuration: quotes around, and percent doubled. */
function sshQuoted(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function wrongUrl(url: string, problem: string): KaasError {
  return new KaasError('config-invalid', {
    message: `The address of the Git repository, ${shownUrl(url)}, cannot be used: ${problem}.`,
    help: 'Give an address such as https://git.example/platform/tenants.git, with credentials in a file of their own.',
  })
}
