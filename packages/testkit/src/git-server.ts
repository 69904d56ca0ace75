// SPDX-License-Identifier: Apache-2.0
/**
 * Real Git over HTTP on loopback: git's own `http-backend` behind a small server, with basic authentication and faults that can
 * be switched on. It keeps repositories in a folder of its own and knows no users but one.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { findProgram } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'

/**
 * What goes wrong: an answer 503, no answer at all, an answer 403 to pushes, a connection cut in the middle of the request of a
 * push, or cut after the push is done and before its answer.
 */
export type GitFault = 'error-503' | 'no-answer' | 'forbidden' | 'cut-in-push' | 'cut-after-push'

/** How the server is started; without any, plain HTTP that lets everyone read and push. */
export interface GitServerOptions {
  /** The one user who may read and push. */
  readonly login?: GitLogin
  readonly tls?: { readonly certPem: string; readonly keyPem: string }
}

/** Name and token of basic authentication. */
export interface GitLogin {
  readonly user: string
  readonly token: string
}

/** A running server. */
export interface GitServer {
  /** `http://127.0.0.1:<port>`, or `https://localhost:<port>`. */
  readonly url: string
  /** Makes a bare repository with the branch `main` to come; tells its address and its folder. */
  createRepository(name: string): { readonly url: string; readonly folder: string }
  /** Fails from now on as told; undefined heals. */
  fail(fault: GitFault | undefined): void
  /** Knows only this login from now on, as after a token was renewed. */
  expect(login: GitLogin): void
  /** Requests so far, as `GET /tenants.git/info/refs`. */
  requests(): readonly string[]
  /** Closes the port, so that connections are refused. */
  away(): Promise<void>
  /** Opens the same port again. */
  back(): Promise<void>
  stop(): Promise<void>
}

interface State {
  readonly root: string
  readonly requests: string[]
  fault: GitFault | undefined
  login: GitLogin | undefined
}

/** Starts the server on a free port. Throws `tool-missing` without git. */
export async function startGitServer(options: GitServerOptions = {}): Promise<GitServer> {
  const git = findProgram('git', { package: 'git', purpose: 'serve Git in tests' })
  const state: State = { root: temporaryDirectory('git'), requests: [], fault: undefined, login: options.login }
  const answer = (request: IncomingMessage, response: ServerResponse) => handle(git, state, request, response)
  const { tls } = options
  const server: Server = tls ? createHttpsServer({ cert: tls.certPem, key: tls.keyPem }, answer) : createHttpServer(answer)
  const listen = async (port: number) => {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const url = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`
  const away = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    url,
    createRepository: (name) => {
      const folder = join(state.root, name)
      execFileSync(git, ['init', '--quiet', '--bare', '--initial-branch=main', folder])
      execFileSync(git, ['--git-dir', folder, 'config', 'http.receivepack', 'true'])
      return { url: `${url}/${name}`, folder }
    },
    fail: (fault) => {
      state.fault = fault
    },
    expect: (login) => {
      state.login = login
    },
    requests: () => [...state.requests],
    away,
    back: async () => {
      await listen(port)
    },
    stop: away,
  }
}

function handle(git: string, state: State, request: IncomingMessage, response: ServerResponse): unknown {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  state.requests.push(`${request.method} ${url.pathname}`)
  const isPush = url.pathname.endsWith('/git-receive-pack') || url.search.includes('git-receive-pack')
  const sendsPack = isPush && request.method === 'POST'
  const { fault, login } = state
  if (fault === 'no-answer') return undefined
  if (fault === 'error-503') return end(response, 503, 'The server is being repaired.')
  if (login !== undefined && !isKnown(request, login)) {
    response.setHeader('www-authenticate', 'Basic realm="git"')
    return end(response, 401, 'Who are you?')
  }
  if (fault === 'forbidden' && isPush) return end(response, 403, 'You may read only.')
  if (fault === 'cut-in-push' && sendsPack) {
    return request.once('data', () => request.socket.destroy())
  }
  return runBackend(git, state, url, request, response, sendsPack && fault === 'cut-after-push')
}

function isKnown(request: IncomingMessage, { token, user }: GitLogin): boolean {
  return request.headers.authorization === `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`
}

/** CGI, as git's manual describes it for web servers. With `isCut` the work is done and the answer is not sent. */
function runBackend(
  git: string,
  state: State,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  isCut: boolean,
): void {
  const { headers } = request
  const env = {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: state.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    REMOTE_ADDR: request.socket.remoteAddress,
    CONTENT_TYPE: headers['content-type'],
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    HTTP_GIT_PROTOCOL: headers['git-protocol'] as string | undefined,
    REMOTE_USER: state.login?.user,
  }
  const backend = spawn(git, ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  backend.stdin.on('error', () => {}) // It may answer without reading everything.
  request.pipe(backend.stdin)
  if (isCut) {
    backend.stdout.resume()
    backend.once('close', () => request.socket.destroy())
    return
  }
  relay(backend.stdout, response)
}

/** Takes the CGI header off and passes the rest on as it comes. */
function relay(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head = Buffer.alloc(0)
  output.on('data', (piece: Buffer) => {
    if (response.headersSent) {
      response.write(piece)
      return
    }
    head = Buffer.concat([head, piece])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    for (const line of head.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(': ', 2)
      if (name.toLowerCase() === 'status') response.statusCode = Number(value.slice(0, 3))
      else response.setHeader(name, value)
    }
    response.write(head.subarray(end + 4))
  })
  output.once('end', () => {
    if (!response.headersSent) response.statusCode = 500
    response.end()
  })
}

function end(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('content-type', 'text/plain')
  response.end(`${text}\n`)
}
