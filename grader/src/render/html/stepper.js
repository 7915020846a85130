// Steps through a schedule: shows what stands in the template of each moment, and marks its row.
'use strict';
for (const stepper of document.querySelectorAll('.stepper')) {
  const moments = [...stepper.querySelectorAll('template')].map(({ content }) => content);
  const rows = [...stepper.querySelectorAll('.interleaving tbody tr:not(.remark)')];
  const region = stepper.querySelector('.wide');
  const panel = stepper.querySelector('.moment');
  const says = panel.querySelector('.says');
  const state = panel.querySelector('.state');
  const controls = panel.querySelector('.controls');
  const buttons = [...controls.querySelectorAll('button')];
  const last = moments.length - 1;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let at = 0;

  // Scrolls the table within its frame, never the page: the buttons stay where they are.
  const reveal = (row) => {
    const frame = region.getBoundingClientRect();
    const cell = [...row.cells].find((each) => each.tagName === 'TD' && each.hasChildNodes()) || row;
    const [down, across] = [row.getBoundingClientRect(), cell.getBoundingClientRect()];
    region.scrollBy({
      top: (down.top + down.bottom - frame.top - frame.bottom) / 2,
      left: Math.min(across.left - frame.left - 48, Math.max(0, across.right - frame.right + 8)),
      behavior: still.matches ? 'instant' : 'smooth',
    });
  };

  const go = (to) => {
    at = Math.max(0, Math.min(last, to));
    const { children: [told, ...tables] } = moments[at];
    says.replaceChildren(...told.cloneNode(true).childNodes);
    state.replaceChildren(...tables.map((table) => table.cloneNode(true)));
    rows.forEach((row, index) => {
      if (index === at - 1) row.setAttribute('aria-current', 'step');
      else row.removeAttribute('aria-current');
    });
    // A button that is really disabled would lose the focus.
    for (const button of buttons) {
      const back = button.dataset.go === 'first' || button.dataset.go === 'back';
      button.setAttribute('aria-disabled', at === (back ? 0 : last));
    }
    const row = rows[Math.max(0, at - 1)];
    if (row) reveal(row);
  };

  const ways = { first: () => 0, back: () => at - 1, forward: () => at + 1, last: () => last };
  const keys = {
    Home: 'first', End: 'last', ArrowLeft: 'back', ArrowUp: 'back', ArrowRight: 'forward', ArrowDown: 'forward',
  };
  controls.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button) go(ways[button.dataset.go]());
  });
  // Only while a button has the focus: elsewhere the arrows scroll, as everywhere.
  controls.addEventListener('keydown', (event) => {
    const way = ways[keys[event.key]];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(way());
  });
  panel.hidden = false;
  stepper.classList.add('live');
  go(0);
  // From now on: what stands there when the page is opened is not to be read out.
  says.setAttribute('aria-live', 'polite');
}
