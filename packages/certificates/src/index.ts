// SPDX-License-Identifier: Apache-2.0
export { type CertificateAuthority, createAuthority, type KeyPair, loadAuthority } from './authority.ts'
export { issueCertificate, type ServerNames } from './issue-certificate.ts'
