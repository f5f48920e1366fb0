import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIdpMetadata } from './idp-metadata.ts'

test('comments in metadata are passed over, however many there are, and one without an end is refused', () => {
  const nothing = '<EntityDescriptor entityID="https://idp.example"><IDPSSODescriptor/></EntityDescriptor>'
  // Read as far as its content: what it lacks is an address for people.
  for (const before of ['', '<!-- a -->', '<!-- <EntityDescriptor> -->\n<!---->', '<!---->'.repeat(20_000)])
    assert.deepEqual(readIdpMetadata(before + nothing), { failed: 'metadata_no_entry' })
  for (const open of ['<!--', '<!-- a', '<!--->', '<!--'.repeat(50_000)])
    assert.deepEqual(readIdpMetadata(open + nothing), { failed: 'metadata_unreadable' }, open.slice(0, 20))
})
