// SPDX-License-Identifier: Apache-2.0
/** What a failed run of git means. Its messages are English, since it runs with `LC_ALL=C`; what is not known counts as "away". */
import { KaasError } from '@kaas/errors'
import { shownUrl } from './git-environment.ts'
import type { GitResult } from './git-process.ts'
import type { RepositoryOptions } from './tenant-repository.ts'

const DAMAGED =
  /\bcorrupt|object file .* is empty|\bbad (?:object|config|ref)|unable to (?:read|parse) (?:tree|object|commit|sha1)|missing (?:blob|tree|commit|necessary)|not a git repository: '|invalid (?:object|sha1 pointer)|did not send all necessary objects|bad tree|garbage at end|fatal: not a git repository/

const NOT_KNOWN_TO_SERVER =
  /Authentication failed|could not read (?:Username|Password)|Permission denied \(|HTTP 401|error: 401|Invalid username or password/

const NO_RIGHT =
  /error: 403|HTTP 403|Write access to repository not granted|Permission to .+ denied|marked as read only|insufficient permission|not allowed to push/i

const ABSENT = /repository '.*' not found|does not appear to be a git repository|error: 404|HTTP 404|Repository not found/i

/** What can be said of a run that talked to the server and failed. `sure`: nothing can have been changed there. */
export interface ServerFailure {
  readonly error: KaasError
  readonly sure: boolean
}

/** The failure of a run with the server. An error of the code `stored-data-corrupt` is about the copy and not the server. */
export function serverFailure(result: GitResult, options: RepositoryOptions): ServerFailure {
  const where = shownUrl(options.url)
  const own = withoutRemote(result.stderr)
  if (result.timedOut) {
    return { error: unavailable(`${where} did not answer in time.`, RETRY_HELP), sure: false }
  }
  if (/No space left on device/.test(own)) {
    return {
      error: unavailable('The local copy of the Git repository cannot be written: the disk is full.', 'Make room.'),
      sure: true,
    }
  }
  if (DAMAGED.test(own)) return { error: damagedCopy('talking to the server', own), sure: false }
  const words = wordsOf(result.stderr)
  if (/Host key verification failed/.test(own)) {
    const known = options.ssh?.knownHostsFile
    const help = `Add the key of the host to ${known ?? 'a file of known hosts and give its path'}, after checking it.`
    return { error: unavailable(`The host of ${where} is not known: its key is new, or has changed.`, help), sure: true }
  }
  if (NOT_KNOWN_TO_SERVER.test(own)) return { error: loginRefused(where, options), sure: true }
  if (NO_RIGHT.test(result.stderr)) {
    const help = 'Let the account of the credentials push to the branch.'
    return { error: new KaasError('git-refused', { message: `${where} does not allow this: ${words}`, help }), sure: true }
  }
  if (ABSENT.test(own)) {
    const help = 'Check the address and that the account of the credentials can see the repository.'
    return { error: unavailable(`There is no Git repository at ${where}. ${words}`, help), sure: true }
  }
  if (/certificate/i.test(own)) {
    const help = 'Give the CA of the server as a file in PEM, or renew the certificate of the server.'
    return { error: unavailable(`${where} cannot be trusted: ${words}`, help), sure: true }
  }
  const sure = /Could not resolve host|Failed to connect|Connection refused|No route to host|unable to connect/i.test(own)
  return { error: unavailable(`${where} cannot be reached: ${words}`, RETRY_HELP), sure }
}

/** The copy cannot be used as it is; whoever catches it makes it anew from the repository. */
export function damagedCopy(doing: string, said: string): KaasError {
  return new KaasError('stored-data-corrupt', {
    message: `The local copy of the Git repository is damaged (${doing}): ${wordsOf(said)}`,
    help: 'Remove the folder of the copy. It is made anew from the repository, and nothing is lost.',
  })
}

/** What hooks and the server itself printed: the lines that git marks with `remote:`. */
export function remoteWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.startsWith('remote:'))
  return shorten(lines.map((line) => line.slice('remote:'.length).trim()))
}

const RETRY_HELP = 'Check the address with "git ls-remote", and the network. It is tried again.'

/** What git said, in one line, without hints, progress and what could be a password. */
function wordsOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !/^(hint|warning):|^To |^\s*$/.test(line))
  return shorten(lines.map((line) => line.replace(/^(fatal|error|remote): ?/g, '').trim()))
}

function shorten(lines: readonly string[]): string {
  const text = shownUrl(lines.filter((line) => line !== '').join(' ')).replace(/\s+/g, ' ')
  return text.length > 600 ? `${text.slice(0, 600)}…` : text || 'git said nothing.'
}

function withoutRemote(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !line.startsWith('remote:'))
    .join('\n')
}

function loginRefused(where: string, options: RepositoryOptions): KaasError {
  const file = options.credentialsFile ?? options.ssh?.keyFile
  const message = file === undefined ? `${where} asks for a log-in.` : `${where} does not accept the credentials in ${file}.`
  const help =
    file === undefined
      ? 'Give a file with credentials.'
      : 'Put valid credentials into the file ("user:token" for HTTPS); they are read anew at the next try.'
  return unavailable(message, help)
}

function unavailable(message: string, help: string): KaasError {
  return new KaasError('git-unavailable', { message, help })
}
