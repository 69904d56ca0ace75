// SPDX-License-Identifier: Apache-2.0
/** Which addresses count as one client: an IPv4 address, or the 64 bits of IPv6 that one connection to the internet gets. Pure. */
import { isIPv6 } from 'node:net'

const HEXTETS = 8
const NETWORK_HEXTETS = 4

/** `remote` without a port. What is no address counts as itself. */
export function addressKeyOf(remote: string): string {
  const address = remote.split('%')[0] ?? ''
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? remote
  return `${networkOf(address)}::/64`
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::').map((part) => part.split(':').filter((hextet) => hextet !== ''))
  const missing = tail === undefined ? 0 : HEXTETS - head.length - tail.length
  const hextets = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])]
  return hextets
    .slice(0, NETWORK_HEXTETS)
    .map((hextet) => Number.parseInt(hextet, 16).toString(16))
    .join(':')
}
