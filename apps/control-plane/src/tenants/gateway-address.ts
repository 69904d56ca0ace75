// SPDX-License-Identifier: Apache-2.0
/** Where clients of a tenant reach the gateway. */

/** `{tenant}` in the installation's address stands for the tenant's name, where gateways tell tenants by their host (SNI). */
export function gatewayAddressOf(address: string, tenant: string): string {
  return address.replaceAll('{tenant}', tenant)
}
