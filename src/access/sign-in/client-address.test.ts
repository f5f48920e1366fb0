import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientAddress, networkOf } from './client-address.ts'

const proxies = ['10.0.0.1', '192.168.0.0/16', 'fd00::/8']

for (const [remote, forwarded, trusted, expected] of [
  ['203.0.113.5', undefined, [], '203.0.113.5'],
  ['::ffff:203.0.113.5', undefined, [], '203.0.113.5'],
  [undefined, undefined, [], 'unknown'],
  [undefined, '198.51.100.7', proxies, 'unknown'],
  ['203.0.113.5', '198.51.100.7', [], '203.0.113.5'],
  ['203.0.113.5', '198.51.100.7', proxies, '203.0.113.5'],
  ['10.0.0.1', '198.51.100.7', proxies, '198.51.100.7'],
  ['10.0.0.1', '1.2.3.4, 198.51.100.7', proxies, '198.51.100.7'],
  ['10.0.0.1', '198.51.100.7, 192.168.3.4', proxies, '198.51.100.7'],
  ['::ffff:10.0.0.1', '198.51.100.7:4711', proxies, '198.51.100.7'],
  ['fd00::1', '[2001:db8::7]:443', proxies, '2001:db8::7'],
  ['10.0.0.1', '2001:db8::7', proxies, '2001:db8::7'],
  ['10.0.0.1', undefined, proxies, '10.0.0.1'],
  ['10.0.0.1', '', proxies, '10.0.0.1'],
  ['10.0.0.1', 'unknown', proxies, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.7, <script>', proxies, '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1, 192.168.1.1', proxies, '10.0.0.1'],
] as const)
  test(`a connection from ${remote} that says ${JSON.stringify(forwarded)} is ${expected}, trusting ${trusted.length}`, () => {
    assert.equal(clientAddress({ remote, forwarded }, trusted), expected)
  })

test('a header of any length is read to its end only', () => {
  const forwarded = Array.from({ length: 10_000 }, () => '10.0.0.1').join(',')
  assert.equal(clientAddress({ remote: '10.0.0.1', forwarded }, proxies), '10.0.0.1')
})

for (const [address, network] of [
  ['203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2'],
  ['2001:db8::7', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
] as const)
  test(`${address} counts as ${network}`, () => {
    assert.equal(networkOf(address), network)
  })
