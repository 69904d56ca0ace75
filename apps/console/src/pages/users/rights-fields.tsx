// SPDX-License-Identifier: Apache-2.0
/** Rights of a user: roles for the usual, or exact rules in Kafka's words. */
import { type AccessRule, USER_ROLES } from '@kaas/domain'
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { numbered } from '../../format/numbered.ts'
import { NEW_RULE, ROLE_WORDS, rulesOfRoles, sayRule, type UserForm } from './new-user.ts'

interface RightsFieldsProps {
  readonly form: Pick<UserForm, 'rights' | 'roles' | 'rules'>
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (change: Partial<Pick<UserForm, 'rights' | 'roles' | 'rules'>>) => void
}

export function RightsFields(props: RightsFieldsProps) {
  const { form, onChange } = props
  const choose = (rights: string) =>
    onChange({
      rights: rights as UserForm['rights'],
      // Exact rules begin with what the roles allow.
      ...(rights === 'rules' && form.rules.length === 0 && { rules: rulesOfRoles(form.roles) }),
    })
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label="Kind of rights"
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'roles', label: 'Roles' },
          { value: 'rules', label: 'Exact rules' },
        ]}
        value={form.rights}
        onChange={choose}
      />
      {form.rights === 'roles' ? <Roles {...props} /> : <Rules {...props} />}
    </Stack>
  )
}

function Roles({ form, onChange }: RightsFieldsProps) {
  return (
    <Checkbox.Group
      label="Roles"
      value={[...form.roles]}
      onChange={(roles) => onChange({ roles: USER_ROLES.filter((role) => roles.includes(role)) })}
    >
      <Stack gap={8} mt={6}>
        {USER_ROLES.map((role) => (
          <Checkbox key={role} value={role} label={role} description={ROLE_WORDS[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function Rules({ form: { rules }, problems, onChange }: RightsFieldsProps) {
  const put = (index: number, rule: AccessRule) => onChange({ rules: rules.map((each, at) => (at === index ? rule : each)) })
  return (
    <Stack gap="sm">
      {numbered(rules).map(({ key, index, item: rule }) => (
        <RuleLine
          key={key}
          rule={rule}
          problem={problems[`rules.${index}`]}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange({ rules: rules.filter((_, at) => at !== index) })}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange({ rules: [...rules, NEW_RULE] })}
      >
        Add a rule
      </Button>
    </Stack>
  )
}

const RESOURCES = [
  { value: 'topic', label: 'Topic' },
  { value: 'group', label: 'Group' },
  { value: 'transactionalId', label: 'Transactional id' },
]
const PATTERNS = [
  { value: 'literal', label: 'named' },
  { value: 'prefix', label: 'all that begin with' },
]
const OPERATIONS: AccessRule['operations'] = [
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'describeConfigs',
  'alterConfigs',
  'all',
]

interface RuleLineProps {
  readonly rule: AccessRule
  readonly problem: string | undefined
  readonly onChange: (rule: AccessRule) => void
  readonly onRemove: () => void
}

function RuleLine({ rule, problem, onChange, onRemove }: RuleLineProps) {
  const put = (change: object) => onChange({ ...rule, ...change })
  return (
    <div>
      <Group gap="xs" align="flex-start">
        <Picked label="On" w={170} data={RESOURCES} value={rule.resource} onChange={(resource) => put({ resource })} />
        <Picked label="Which" w={170} data={PATTERNS} value={rule.pattern} onChange={(pattern) => put({ pattern })} />
        <TextInput
          aria-label="Name"
          placeholder="payments, or * for all"
          style={{ flex: '1 1 150px' }}
          value={rule.name}
          error={problem}
          onChange={(event) => put({ name: event.currentTarget.value })}
        />
        <MultiSelect
          aria-label="Operations"
          placeholder={rule.operations.length === 0 ? 'may …' : ''}
          style={{ flex: '2 1 240px' }}
          data={OPERATIONS}
          value={rule.operations}
          onChange={(operations) => put({ operations })}
        />
        <Tooltip label="Remove">
          <ActionIcon variant="subtle" color="gray" mt={4} aria-label="Remove the rule" onClick={onRemove}>
            <X size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      {rule.name !== '' && rule.operations.length > 0 && (
        <Text size="xs" c="dimmed" mt={2}>
          {sayRule(rule)}
        </Text>
      )}
    </div>
  )
}

interface PickedProps {
  readonly label: string
  readonly w: number
  readonly data: { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Picked({ label, w, data, value, onChange }: PickedProps) {
  return (
    <Select
      aria-label={label}
      w={w}
      allowDeselect={false}
      data={data}
      value={value}
      onChange={(next) => onChange(next ?? value)}
    />
  )
}
