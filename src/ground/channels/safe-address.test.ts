import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOpen, safeLookup } from './safe-address.ts'

const closed = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1'],
  ...['198.51.100.1', '203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::808:808', '64:ff9b:1::1', '100::1'],
  ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'fc00::1', 'fd12::1', 'fe80::1', 'fe80::1%lo', 'fec0::1'],
  ...['ff02::1', '5f00::1', '4000::1', '', 'x', '1.2.3', '0x7f000001'],
]
const open = [
  ...['8.8.8.8', '1.1.1.1', '93.184.216.34', '100.63.255.255', '100.128.0.1', '172.15.255.255', '172.32.0.1'],
  ...['192.167.255.255', '223.255.255.255', '2606:4700:4700::1111', '2400:3200::1', '2a00:1450:4001::1', '2001:200::1'],
]

test('only addresses of the open net are open', () => {
  assert.deepEqual(closed.filter(isOpen), [])
  assert.deepEqual(
    open.filter((address) => !isOpen(address)),
    [],
  )
})

test('a name is looked up once, and the connection goes to what was checked', async () => {
  const answers = [['93.184.216.34'], ['127.0.0.1']]
  const lookup = safeLookup(async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })))
  const ask = (all: boolean) =>
    new Promise((resolve) => lookup('hooks.example', { all }, (error, found) => resolve(error?.message ?? found)))
  assert.equal(await ask(false), '93.184.216.34')
  // A moment later the name leads elsewhere: another connection, another check.
  assert.equal(await ask(false), 'hooks.example is at 127.0.0.1')
  answers.push(['93.184.216.34', '1.1.1.1'])
  assert.deepEqual(await ask(true), [
    { address: '93.184.216.34', family: 4 },
    { address: '1.1.1.1', family: 4 },
  ])
  assert.equal(await ask(true), 'hooks.example is at no address')
})
