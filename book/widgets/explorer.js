// Steps through the state graph that the builder walked. It knows nothing of the little language.
(function () {
  'use strict';
  const { html, prose, button, mount } = Toolbox;

  const ENDS = {
    ok: 'Finished, and all is well.',
    violates: 'The rule is broken.',
    deadlock: 'Deadlock: nobody can move.',
  };
  const SHORT = { ok: 'ends well', violates: 'breaks the rule', deadlock: 'deadlock' };

  const MOST = 70; // schedules that a reader may want to see: two threads of four steps have so many

  // Every schedule with its end, in the order of the threads; none if some schedule runs for ever.
  function schedules({ states, counts }) {
    const found = [];
    const walk = (state, turns) => {
      if (found.length > MOST) return;
      const { end, next } = states[state];
      if (end) found.push({ turns, end });
      else next.forEach((to, thread) => to != null && walk(to, [...turns, thread]));
    };
    if (Object.keys(counts).length > 0) walk(0, []);
    return found;
  }

  // Labels and comments: part of the step below them, and no steps of their own.
  const captions = (texts) => texts.map((text) => html('code', { class: 'step-caption' }, text));

  mount('interleave', (data, figure) => {
    let path = []; // the threads whose turns it was
    const named = (turns) => turns.map((thread) => data.threads[thread].name).join(' ');
    const stateAfter = (turns) => turns.reduce((state, thread) => data.states[state].next[thread], 0);
    const title = data.title ? [html('p', { class: 'widget-title' }, ...prose(data.title))] : [];
    const steps = html('div', { class: 'explorer-threads', style: `--threads: ${data.threads.length}` });
    const variables = html('p', { class: 'explorer-variables' });
    const schedule = html('p', { class: 'explorer-schedule' });
    const says = html('p', { class: 'widget-says', 'aria-live': 'polite' });
    const undo = button('Undo', () => go(path.slice(0, -1)));
    const restart = button('Start again', () => go([]));
    const jumps = [
      ['failing', 'Show a shortest failing schedule'],
      ['working', 'Show one that works'],
    ].filter(([key]) => data[key]).map(([key, label]) => button(label, () => go(data[key])));

    const turns = data.threads.map((thread, number) => button('', () => go([...path, number])));
    const columns = data.threads.map((thread, number) => {
      const lines = thread.steps.map(({ captions: above, text }) => html('li', {}, ...captions(above), html('code', { class: 'step' }, text)));
      const column = html('div', { class: 'explorer-thread' },
        turns[number], html('ol', {}, ...lines), ...captions(thread.end_captions));
      return { column, lines };
    });
    steps.append(...columns.map(({ column }) => column));

    function go(to) {
      path = to;
      const focused = document.activeElement;
      draw();
      // A button that has just been disabled loses the focus: the next best one takes it.
      if (focused && figure.contains(focused) && focused.disabled) {
        (turns.find((turn) => !turn.disabled) || undo).focus();
      }
    }

    const value = ({ lock }, held) => {
      if (held == null) return '–';
      if (!lock) return String(held);
      return held === 0 ? 'free' : `held by ${data.threads[held - 1].name}`;
    };

    function draw() {
      const state = data.states[stateAfter(path)];
      const before = path.length > 0 ? data.states[stateAfter(path.slice(0, -1))] : state;
      data.threads.forEach((thread, number) => {
        const at = state.at[number], done = at >= thread.steps.length;
        const can = state.next[number] != null;
        turns[number].disabled = !can;
        turns[number].textContent = `Step ${thread.name}${done ? ' (done)' : can || state.end === 'violates' ? '' : ' (blocked)'}`;
        columns[number].lines.forEach((line, index) => {
          const broken = state.violated === number && index === at - 1;
          line.className = broken ? 'is-broken' : index < at ? 'is-past' : index === at ? 'is-next' : '';
          if (index === at) line.setAttribute('aria-current', 'step'); else line.removeAttribute('aria-current');
        });
      });
      variables.replaceChildren(...data.variables.map((variable, slot) => html('span', {
        class: state.values[slot] !== before.values[slot] ? 'is-changed' : null,
      }, `${variable.name} = ${value(variable, state.values[slot])}`)));
      schedule.textContent = `Schedule: ${named(path) || 'nobody has moved yet'}`;
      const check = data.check && state.end && state.end !== 'deadlock' && state.violated == null ? ` The rule is \`${data.check}\`.` : '';
      says.replaceChildren(...prose(state.end ? ENDS[state.end] + check : ''));
      says.dataset.end = state.end || '';
      undo.disabled = restart.disabled = path.length === 0;
    }

    figure.addEventListener('keydown', (event) => {
      const thread = Number(event.key) - 1;
      if (data.states[stateAfter(path)].next[thread] != null) go([...path, thread]);
      else if (event.key === 'Backspace' && path.length > 0) go(path.slice(0, -1));
      else return;
      event.preventDefault();
    });

    // The list is made when it is first asked for.
    const all = html('ul', { class: 'explorer-all' });
    const details = html('details', {
      ontoggle: () => {
        if (all.childElementCount > 0) return;
        const found = schedules(data);
        all.append(...found.slice(0, MOST).map(({ turns: order, end }) => html('li', { 'data-end': end },
          button(named(order), () => go(order)), html('span', {}, SHORT[end]))));
        if (found.length > MOST) all.append(html('li', {}, `… and more: these are the first ${MOST}.`));
      },
    }, html('summary', {}, 'All interleavings'), html('p', {}, data.summary),
    html('div', { class: 'widget-buttons' }, ...jumps), all);

    draw();
    const digits = data.threads.map((thread, number) => `${number + 1} steps ${thread.name}`).join(', ');
    const keys = `Keys: ${digits}, Backspace undoes.`;
    return {
      elements: [
        ...title, steps, variables, schedule, says,
        html('div', { class: 'widget-buttons' }, undo, restart),
        html('p', { class: 'widget-hint' }, keys),
        details,
      ],
    };
  });
})();
