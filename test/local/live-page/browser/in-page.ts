/**
 * Functions that a test sends into the page. Each stands alone, because only its text travels.
 */

/** How far the page is wider than its window, and the texts that WCAG AA would not pass: below 4.5 to 1. */
export function legibility(): { readonly overflow: number; readonly weak: readonly string[] } {
  const { scrollWidth, clientWidth } = document.documentElement;
  const weak = [...document.querySelectorAll('body *')].filter(hasText).flatMap((one) => {
    const ratio = contrast(getComputedStyle(one).color, behind(one));
    return ratio < 4.5 ? [`${one.textContent}: ${ratio.toFixed(2)}`] : [];
  });
  return { overflow: scrollWidth - clientWidth, weak };

  function hasText(one: Element): boolean {
    if (one.getClientRects().length === 0 || one.matches(':disabled')) return false;
    return [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
  }

  function behind(one: Element): string {
    for (let up: Element | null = one; up !== null; up = up.parentElement) {
      const { backgroundColor } = getComputedStyle(up);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  }

  function contrast(one: string, other: string): number {
    const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  }

  function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}

/** Controls that a screen reader has no name for. */
export function nameless(): readonly string[] {
  return [...document.querySelectorAll('button, input, [role], [tabindex]')]
    .filter((one) => {
      const labelled = one instanceof HTMLInputElement && (one.labels?.length ?? 0) > 0;
      const named = one.getAttribute('aria-label') ?? one.getAttribute('aria-labelledby');
      return !labelled && named === null && one.textContent === '' && one.getAttribute('role') !== 'status';
    })
    .map((one) => one.outerHTML);
}

/** The controls above the executions, in the order in which they are read. */
export function controls(): readonly string[] {
  return [...document.querySelectorAll('button, input')]
    .filter((one) => !one.matches('#rows *, :disabled') && one.getClientRects().length > 0)
    .map((one) => (one.id === '' ? `${one.textContent} ${one.getAttribute('aria-label') ?? ''}` : one.id));
}

/** The same name for what has the focus, and whether one sees that it has; null once that is an execution. */
export function focused(): { readonly name: string; readonly isVisible: boolean } | null {
  const one = document.activeElement;
  if (one === null || one.matches('#rows *')) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return {
    name: one.id === '' ? `${one.textContent} ${one.getAttribute('aria-label') ?? ''}` : one.id,
    isVisible: outlineStyle !== 'none' && outlineWidth !== '0px',
  };
}
