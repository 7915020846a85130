// Turns the pages of an event loop's run, which the builder made.
(function () {
  'use strict';
  const { html, svg, id, prose, button, choice, mount, atWidth } = Toolbox;

  const STATES = {
    run: 'runs', io: 'awaits a timer', thread: 'awaits a thread', ready: 'ready, must wait', block: 'blocks the loop',
  };

  const list = (names, none) => (names.length > 0 ? names.join(', ') : none);
  const until = (waits) => waits.map(([name, time]) => `${name} until ${time} ms`);

  mount('event-loop', (data) => {
    let scene = data.scenes.find((each) => each.id === data.first), at = 0, lines = [], moveCursor = () => {}, width = 0;
    const choose = choice('Program', data.scenes.map((each) => [each.id, each.title]), (chosen) => {
      scene = data.scenes.find((each) => each.id === chosen);
      open();
    });
    const code = html('ol', { class: 'loop-code' });
    const picture = svg('svg', { class: 'lanes', role: 'img' });
    const keys = html('p', { class: 'widget-legend' });
    const facts = html('dl', { class: 'loop-facts' });
    const says = html('p', { class: 'widget-says', 'aria-live': 'polite' });
    const lesson = html('p', { class: 'loop-lesson' });
    const back = button('Back', () => step(at - 1));
    const next = button('Next step', () => step(at + 1));
    const lookName = id();
    const look = html('input', { id: lookName, type: 'range', min: 0, step: 1, oninput: () => step(Number(look.value)) });

    function open() {
      lines = scene.code.map((text) => html('li', {}, html('code', {}, text || ' ')));
      code.replaceChildren(...lines);
      const states = Object.entries(STATES).filter(([state]) => scene.bars.some((bar) => bar.state === state));
      keys.replaceChildren(...states.map(([state, text]) => html('span', { class: `key key-${state}` }, text)));
      look.max = scene.steps.length - 1;
      choose.set(scene.id);
      at = 0;
      draw();
    }

    function draw() {
      moveCursor = Lanes.draw(picture, {
        names: scene.tasks, bars: scene.bars, end: scene.end, width, label: `${scene.title}: ${scene.lesson}`,
      });
      step(at);
    }

    function step(to) {
      at = Math.max(0, Math.min(scene.steps.length - 1, to));
      const now = scene.steps[at];
      lines.forEach((line, index) => {
        line.className = index + 1 === now.line ? 'is-next' : '';
      });
      moveCursor(now.to);
      const time = now.from === now.to ? `${now.from} ms` : `${now.from} to ${now.to} ms`;
      const rows = [
        ['Time', time],
        ['Runs', now.task || 'the loop itself'],
        ['Ready', list(now.ready, 'nobody')],
        ['Timers', list(until(now.timers), 'none')],
        ['Threads', list(until(now.threads), 'none')],
      ];
      facts.replaceChildren(...rows.flatMap(([name, value]) => [html('dt', {}, name), html('dd', {}, value)]));
      says.replaceChildren(...prose(now.says));
      look.value = at;
      look.setAttribute('aria-valuetext', `step ${at + 1} of ${scene.steps.length}: ${now.says}`);
      const last = at === scene.steps.length - 1;
      lesson.replaceChildren(...prose(last ? scene.lesson : ' '));
      const focused = document.activeElement;
      back.disabled = at === 0;
      next.disabled = last;
      if (focused === next && last) back.focus();
      if (focused === back && at === 0) next.focus();
    }

    return {
      elements: [
        choose.element,
        html('div', { class: 'loop-stage' }, code, facts),
        picture,
        keys,
        html('div', { class: 'widget-field widget-look' }, html('label', { for: lookName }, 'Step'), look),
        says,
        html('div', { class: 'widget-buttons' }, back, next),
        lesson,
      ],
      ready: () => {
        open();
        atWidth(picture, (now) => { width = now; draw(); });
      },
    };
  });
})();
