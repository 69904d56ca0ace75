// SPDX-License-Identifier: Apache-2.0
/**
 * A network cable between two programs of this machine: it passes bytes and knows no protocol. Cut, it passes nothing and tells
 * nobody: no end, no reset, and new connections meet silence, as packets that are dropped do. It needs no rights of the system.
 */
import net from 'node:net'

/** A cable. Call `close`. */
export interface Cable {
  /** Port on loopback whose other end is the target. */
  readonly port: number
  cut(): void
  mend(): void
  close(): void
}

/** Lays a cable from `port` to `targetPort`, both on loopback. */
export async function layCable(port: number, targetPort: number): Promise<Cable> {
  const pairs = new Set<Pair>()
  let isCut = false
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const pair: Pair = { near, far: undefined, targetPort }
    pairs.add(pair)
    near.pause().on('error', () => {})
    if (!isCut) join(pair, pairs)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    port,
    cut: () => {
      isCut = true
      for (const pair of pairs) part(pair)
    },
    mend: () => {
      isCut = false
      for (const pair of pairs) join(pair, pairs)
    },
    close: () => {
      server.close()
      for (const { near, far } of pairs) {
        near.destroy()
        far?.destroy()
      }
    },
  }
}

interface Pair {
  readonly near: net.Socket
  far: net.Socket | undefined
  readonly targetPort: number
}

function part({ near, far }: Pair): void {
  near.unpipe().pause()
  far?.unpipe().pause()
}

/** Also after a cut: what was sent meanwhile arrives late, and who has gone is missed only now. */
function join(pair: Pair, pairs: Set<Pair>): void {
  const { near, targetPort } = pair
  if (pair.far === undefined) {
    const far = net.connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    pair.far = far
    far.on('error', () => {})
    const over = (): void => {
      if (near.isPaused() && !near.destroyed) return
      near.destroy()
      far.destroy()
      pairs.delete(pair)
    }
    near.setNoDelay(true).on('close', over)
    far.on('close', over)
  }
  near.pipe(pair.far)
  pair.far.pipe(near)
}
