// SPDX-License-Identifier: Apache-2.0
/**
 * The header that a load balancer sends before the client's bytes, so that the gateway knows the client's own address (PROXY protocol
 * version 2, haproxy.org/download/3.2/doc/proxy-protocol.txt, section 2.2). Version 1 is text and is not taken. Pure.
 */

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const FIXED_BYTES = 16
/** Far above what balancers add to the addresses; a longer header is refused. */
const MOST_BYTES = 4096
const PROXIED = 0x21
const LOCAL = 0x20
const IPV4 = 0x11
const IPV6 = 0x21

/** How far the header is: more bytes are needed, it is no header, or it is complete after `length` bytes. */
export type ProxyHeader =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'wrong'; readonly reason: string }
  | {
      readonly kind: 'complete'
      readonly length: number
      /** The client's address; undefined where the balancer speaks for itself (a health check) or hides it. */
      readonly remote: string | undefined
    }

/** Reads the header at the beginning of `bytes`. */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const seen = Math.min(bytes.length, SIGNATURE.length)
  if (!bytes.subarray(0, seen).equals(SIGNATURE.subarray(0, seen))) {
    return { kind: 'wrong', reason: 'it did not begin with a header of the PROXY protocol version 2' }
  }
  if (bytes.length < FIXED_BYTES) return { kind: 'incomplete' }
  const command = bytes.readUInt8(12)
  const length = FIXED_BYTES + bytes.readUInt16BE(14)
  if (command !== PROXIED && command !== LOCAL) return { kind: 'wrong', reason: 'its PROXY header has an unknown version' }
  if (length > MOST_BYTES) return { kind: 'wrong', reason: `its PROXY header has ${length} bytes` }
  if (bytes.length < length) return { kind: 'incomplete' }
  return { kind: 'complete', length, remote: command === LOCAL ? undefined : addressIn(bytes.subarray(13, length)) }
}

/** `rest` begins with the family; the source address comes first. */
function addressIn(rest: Buffer): string | undefined {
  const family = rest.readUInt8(0)
  const address = rest.subarray(3)
  if (family === IPV4 && address.length >= 12) return address.subarray(0, 4).join('.')
  if (family !== IPV6 || address.length < 36) return undefined
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16))
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
