// SPDX-License-Identifier: Apache-2.0
export { type Connection, type Login, PASSWORD_PLACEHOLDER, type ScramLogin, type TlsLogin } from './connection.ts'
export { FORMATS, type FormatName, NEEDS_FILES } from './formats.ts'
