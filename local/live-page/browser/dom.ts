type Child = Node | string;

/** The element with this id; the page has it, or the page is broken. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element #${id}`);
  return found;
}

/** Builds an element; `data-` and `aria-` attributes, class and the like as `attributes`. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const built = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) built.setAttribute(key, value);
  built.append(...children);
  return built;
}

/** Touches the page only where it changes: what did not change is not laid out or announced again. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function setAttribute(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** A button that says what it does. */
export function button(
  label: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string>> = {},
) {
  const built = element('button', { type: 'button', ...attributes }, label);
  built.addEventListener('click', onClick);
  return built;
}

/**
 * Keeps one child of `parent` for each item, in this order, by key: what stays is moved and updated, never rebuilt, so
 * that focus and text selection survive.
 */
export function reconcile<Item, Built extends HTMLElement>(
  parent: HTMLElement,
  items: readonly Item[],
  row: {
    readonly keyOf: (item: Item) => string;
    readonly build: (item: Item) => Built;
    readonly update: (built: Built, item: Item) => void;
  },
): void {
  const present = new Map(
    [...parent.children].map((child) => [(child as HTMLElement).dataset['key'], child]),
  );
  items.forEach((item, index) => {
    const key = row.keyOf(item);
    const known = present.get(key) as Built | undefined;
    present.delete(key);
    const built = known ?? row.build(item);
    built.dataset['key'] = key;
    row.update(built, item);
    if (parent.children[index] !== built) parent.insertBefore(built, parent.children[index] ?? null);
  });
  for (const gone of present.values()) gone.remove();
}
