import { childOf, childrenOf, codeAt, type Note, needChild, textAt, timeAt } from './reading.ts'
import type { VolcanoBody } from './telegram.ts'
import type { Element } from './xml.ts'

/** VFVO56: that a volcano erupts, and the municipalities around it. */
export function readVolcano(body: Element, is_cancelled: boolean, note: Note): VolcanoBody {
  const nothing: VolcanoBody = {
    kind: 'volcano',
    volcano_name: '',
    volcano_code: '',
    kind_name: '',
    erupted_at: null,
    areas: [],
    text: '',
  }
  if (is_cancelled) return { ...nothing, text: textAt(body, 'Text') }
  needChild(body, 'VolcanoInfo', 'Body/VolcanoInfo')
  const items = childrenOf(body, 'VolcanoInfo').flatMap((info) => childrenOf(info, 'Item'))
  const [item, ...around] = items
  const volcano = childOf(childOf(item, 'Areas'), 'Area')
  const content = childOf(body, 'VolcanoInfoContent')
  if (textAt(volcano, 'Name') === '') note('火山名がありません。', 'The name of the volcano is missing.')
  return {
    kind: 'volcano',
    volcano_name: textAt(volcano, 'Name'),
    volcano_code: codeAt(volcano, 'Code'),
    kind_name: textAt(childOf(item, 'Kind'), 'Name'),
    erupted_at: timeAt(childOf(item, 'EventTime'), 'EventDateTime', note),
    areas: around
      .flatMap((each) => childrenOf(each, 'Areas'))
      .flatMap((areas) => childrenOf(areas, 'Area'))
      .map((area) => ({ code: codeAt(area, 'Code'), name: textAt(area, 'Name') })),
    text: [textAt(content, 'VolcanoHeadline'), textAt(content, 'VolcanoActivity')]
      .filter((each) => each !== '')
      .join('\n'),
  }
}
