// SPDX-License-Identifier: Apache-2.0
/** A real Git server on loopback: `git http-backend` behind HTTP, for clones and pushes. Without TLS and without users. */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runProgram } from '@kaas/testkit'

/** A running server; repositories are `<url>/<name>.git`. */
export interface GitServer {
  readonly url: string
  /** Folder of the bare repositories. */
  readonly root: string
  stop(): Promise<void>
}

/** Serves every bare repository below `root`. */
export async function startGitServer(root: string): Promise<GitServer> {
  await mkdir(root, { recursive: true })
  const server = createServer((request, response) => answer(root, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, root, stop }
}

/** A new empty bare repository with branch main; its folder. */
export async function createRepository(root: string, name: string): Promise<string> {
  const folder = join(root, `${name}.git`)
  await runProgram('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder])
  await runProgram('git', ['-C', folder, 'config', 'http.receivepack', 'true'])
  return folder
}

/** One request by the Common Gateway Interface: variables in, a block of headers and the body out. */
function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://loopback')
  const header = (name: string) => String(request.headers[name] ?? '')
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.on('error', () => response.destroy())
  child.stdin.on('error', () => {})
  request.pipe(child.stdin)
  let head: Buffer | undefined = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      response.write(chunk)
      return
    }
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    writeHead(head.subarray(0, end).toString('latin1'), response)
    response.write(head.subarray(end + 4))
    head = undefined
  })
  child.on('close', () => response.end())
}

function writeHead(block: string, response: ServerResponse): void {
  let status = 200
  for (const line of block.split('\r\n')) {
    const [name = '', ...rest] = line.split(':')
    const value = rest.join(':').trim()
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
}
