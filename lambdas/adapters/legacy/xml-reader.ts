import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';

/** An element without the prefix of its name. */
export interface Element {
  readonly name: string;
  readonly element: XmlElement;
}

/**
 * The root of a document, or undefined for what is not well-formed XML or has a document type: SOAP forbids one, and
 * with it there are no entities to expand, nested or from elsewhere.
 */
export function parseRoot(text: string): Element | undefined {
  try {
    const document = parseXml(text, { preserveDocumentType: true });
    const hasType = document.children.some(({ type }) => type === 'doctype');
    return document.root === null || hasType ? undefined : named(document.root);
  } catch {
    // What is wrong with it quotes it; also too deep a nesting ends here.
    return undefined;
  }
}

export function childrenOf({ element }: Element): readonly Element[] {
  return element.children.flatMap((child) => (child instanceof XmlElement ? [named(child)] : []));
}

export function childOf(parent: Element | undefined, name: string): Element | undefined {
  return parent && childrenOf(parent).find((child) => child.name === name);
}

export function textOf({ element }: Element): string {
  return element.text.trim();
}

/**
 * What JSON can say of an element: text where it has nothing else, else its attributes as `@name`, its text as `#text`,
 * and its children by name, those of one name as a list. Prefixes are left out, and `xsi:nil` is null.
 */
export function valueOf({ element }: Element): unknown {
  const attributes = Object.entries(element.attributes).filter(([name]) => !/^xmlns(:|$)/.test(name));
  if (attributes.some(([name, value]) => localName(name) === 'nil' && /^(true|1)$/.test(value))) return null;
  const own = attributes.filter(([name]) => !name.startsWith('xsi:'));
  const children = childrenOf({ name: element.name, element });
  const text = element.children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
  if (own.length === 0 && children.length === 0) return text;
  // Without a prototype, so that an element may have any name.
  const value = Object.create(null) as Record<string, unknown>;
  for (const [name, attribute] of own) value[`@${localName(name)}`] = attribute;
  if (text.trim() !== '') value['#text'] = text;
  for (const [name, values] of grouped(children)) value[name] = values.length === 1 ? values[0] : values;
  return value;
}

function grouped(children: readonly Element[]): ReadonlyMap<string, readonly unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const child of children) {
    const values = groups.get(child.name) ?? [];
    values.push(valueOf(child));
    groups.set(child.name, values);
  }
  return groups;
}

function named(element: XmlElement): Element {
  return { name: localName(element.name), element };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
