import { parseRoot, valueOf } from '../../../../lambdas/adapters/legacy/xml-reader.js';

function readOf(xml: string): unknown {
  const root = parseRoot(xml);
  return root === undefined ? 'refused' : (JSON.parse(JSON.stringify(valueOf(root))) as unknown);
}

describe('what is read of XML', () => {
  it.each<[string, unknown]>([
    ['<a>x</a>', 'x'],
    ['<a/>', ''],
    ['<a><![CDATA[<x>&]]></a>', '<x>&'],
    ['<a>&lt;&#233;&amp;</a>', '<é&'],
    ['<n:a xmlns:n="u"><n:b>1</n:b><m:b xmlns:m="v">2</m:b><c/></n:a>', { b: ['1', '2'], c: '' }],
    ['<a><b><c>1</c></b><b><c>2</c></b></a>', { b: [{ c: '1' }, { c: '2' }] }],
    ['<a id="7" n:x="y">text</a>', { '@id': '7', '@x': 'y', '#text': 'text' }],
    ['<a>\n  <b>1</b>\n</a>', { b: '1' }],
    ['<a><b xsi:nil="true"/><c xsi:type="xsd:int">1</c></a>', { b: null, c: '1' }],
  ])('%s is %j', (xml, value) => {
    expect(readOf(xml)).toEqual(value);
  });

  it.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity from a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'],
    ['entities that multiply', `<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "${'&x;'.repeat(99)}">]><a>&z;</a>`],
    ['an entity that nobody declared', '<a>&nbsp;</a>'],
    ['a tag that is not closed', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['no element', 'hello'],
    ['nothing', ''],
    ['a nesting without end', '<a>'.repeat(300_000)],
  ])('with %s is refused', (_what, xml) => {
    expect(readOf(xml)).toBe('refused');
  });
});
