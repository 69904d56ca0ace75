// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { addConsoleRoute, addSecurityHeaders } from './console-route.ts'

const SCRIPT = 'console.log("kaas")'
const PAGE = '<!doctype html><script type="module" src="/assets/index-abc.js"></script>'
let server = Fastify()

afterEach(() => server.close())

function build(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'kaas-console-')), 'console')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), PAGE)
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets/index-abc.js'), SCRIPT)
  writeFileSync(join(folder, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(folder, 'assets/index-abc.js.gz'), gzipSync(SCRIPT))
  writeFileSync(join(folder, 'secret.pem'), 'not a file of the console')
  return folder
}

function serve(folder: string) {
  server = Fastify()
  addSecurityHeaders(server)
  server.get('/healthz', async () => 'alive')
  server.get('/v1/tenants', async () => [])
  addConsoleRoute(server, folder)
  return (url: string, headers: Readonly<Record<string, string>> = {}) => server.inject({ url, headers })
}

test('every address of a page begins with the first page, so that links into the console work', async () => {
  const get = serve(build())
  for (const url of ['/', '/tenants', '/tenants/orders/topics/a.b.c?tab=messages', '/order']) {
    const answer = await get(url)
    expect(answer.body, url).toBe(PAGE)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  }
})

test('the API and the pages for operators stay what they are, and unknown ones below the API are no page', async () => {
  const get = serve(build())
  expect((await get('/healthz')).body).toBe('alive')
  expect((await get('/v1/tenants')).body).toBe('[]')
  expect((await get('/v1/nothing')).statusCode).toBe(404)
})

test('files with a hash in their name are kept by browsers, pages are asked for each time', async () => {
  const get = serve(build())
  expect((await get('/assets/index-abc.js')).headers['cache-control']).toContain('immutable')
  const page = await get('/')
  expect(page.headers['cache-control']).toBe('no-cache')
  const again = await get('/', { 'if-none-match': String(page.headers.etag) })
  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
})

test('scripts travel compressed as far as the browser takes it', async () => {
  const get = serve(build())
  const small = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, deflate, br' })
  expect(small.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(small.rawPayload).toString()).toBe(SCRIPT)
  expect((await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, br;q=0' })).headers['content-encoding']).toBe('gzip')
  expect((await get('/assets/index-abc.js')).body).toBe(SCRIPT)
})

test('no script can be put into a page, and no page into a frame', async () => {
  const get = serve(build())
  const policy = String((await get('/')).headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect((await get('/v1/tenants')).headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
  expect((await get('/v1/tenants')).headers['x-frame-options']).toBe('DENY')
})

test.each([
  '/assets/../secret.pem',
  '/assets/%2e%2e/secret.pem',
  '/secret.pem',
  '/assets/gone-xyz.js',
  '/assets/..%2fsecret.pem',
])('%s is not in the console', async (url) => {
  const answer = await serve(build())(url)
  expect(answer.body).not.toContain('not a file of the console')
  expect(answer.statusCode).not.toBe(200)
})

test('a console that is being built is said to be, and is there once it is renamed into place', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'kaas-console-')), 'later')
  const get = serve(folder)
  expect((await get('/')).json().message).toContain('not built yet')
  mkdirSync(folder)
  writeFileSync(join(folder, 'index.html'), PAGE)
  expect((await get('/')).body).toBe(PAGE)
})
