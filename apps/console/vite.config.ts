// SPDX-License-Identifier: Apache-2.0
/**
 * How the console is built: static files with hashed names, no inline script, each text also compressed, so that the control plane
 * only sends files. `vite` alone is the development server: it asks a running product with its administrator's token.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig, type ProxyOptions } from 'vite'
import { compressedCopies } from './build/compressed-copies.ts'

const FRAMEWORK =
  /node_modules\/(react|react-dom|scheduler|zod|@tanstack\/(router|react-router|query|react-query|history|store))/
/** From so many pages on, code is fetched with the first one. */
const PAGES_THAT_SHARE = 22

const ROOT = join(import.meta.dirname, '../..')

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  // A build is told where to; beside the sources it is never used.
  build: {
    outDir: process.env.KAAS_CONSOLE_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Marks of libraries for server components, of which there are none here.
    rolldownOptions: {
      onLog: (level, log, handle) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log)),
      // What nearly every page needs travels together: a hundred small files compress badly. The rest stays with its pages.
      output: {
        codeSplitting: {
          groups: [
            { name: 'framework', test: FRAMEWORK, priority: 3 },
            { name: 'components', test: /node_modules/, minShareCount: PAGES_THAT_SHARE, priority: 2 },
            { name: 'console', minShareCount: PAGES_THAT_SHARE, priority: 1 },
          ],
        },
      },
    },
  },
  plugins: [compressedCopies()],
  ...(command === 'serve' && { server: { port: 5173, proxy: proxyToProduct() } }),
}))

/** The routes of the API on the product whose state is in KAAS_STATE_DIR. */
function proxyToProduct(): Record<string, ProxyOptions> {
  const folder = resolve(ROOT, process.env.KAAS_STATE_DIR ?? '.kaas')
  if (!existsSync(join(folder, 'endpoints.json'))) {
    console.error(`No product runs on ${folder}. Start one with "npm start", then start this again.`)
    return {}
  }
  const { api } = JSON.parse(readFileSync(join(folder, 'endpoints.json'), 'utf8')) as { readonly api: string }
  const authorization = `Bearer ${readFileSync(join(folder, 'token'), 'utf8').trim()}`
  return { '^/(v1|openapi\\.json|healthz|readyz)': { target: api, headers: { authorization } } }
}
