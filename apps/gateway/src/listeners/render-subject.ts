// SPDX-License-Identifier: Apache-2.0
/** The subject of a certificate as text (RFC 2253), as Kafka's rules for certificates expect it. Pure. */

/**
 * From `X509Certificate.subject`: one line per part in the order of the certificate, characters with a meaning escaped already, so that a
 * value cannot look like more parts. The last part comes first, and several attributes of one part are joined by a plus sign.
 */
export function renderSubject(lines: string): string {
  return lines.split('\n').reverse().join(',').replaceAll(' + ', '+')
}
