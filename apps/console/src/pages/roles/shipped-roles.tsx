// SPDX-License-Identifier: Apache-2.0
/** The roles that come with the product. Nobody can change them. */
import { Anchor, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { shippedRolesQuery } from '../../data/rights.ts'
import { QueryStates } from '../../parts/states.tsx'

export function ShippedRoles() {
  const query = useQuery(shippedRolesQuery)
  return (
    <QueryStates query={query}>
      {(roles) => (
        <Stack gap="sm" component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
          {roles.map(({ name, description }) => (
            <li key={name}>
              <Anchor component={Link} to={`/roles/${name}`} fw={500}>
                {name}
              </Anchor>
              <Text size="sm" c="dimmed">
                {description}
              </Text>
            </li>
          ))}
        </Stack>
      )}
    </QueryStates>
  )
}
