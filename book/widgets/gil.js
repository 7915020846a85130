// The GIL's timeline: draws what gil-model.js computes.
(function () {
  'use strict';
  const { html, svg, id, button, slider, choice, checkbox, announcement, mount, atWidth } = Toolbox;
  const { simulate, oneAfterAnother, DEFAULTS, RUNTIMES } = GilModel;

  const NAMES = { new: 'GIL since 3.2', old: 'GIL before 3.2', free: 'free-threaded', processes: 'processes' };
  const STATES = {
    run: 'runs Python code', wait: 'waits for the GIL', io: 'waits for I/O, without the GIL',
    ready: 'waits for a core', start: 'process starts',
  };
  const MARKS = { request: 'asks for the GIL', 'for-nothing': 'woken for nothing' };
  const EXAMPLES = {
    'Computing': { threads: 2, cores: 4 },
    'Waiting': { threads: 4, cores: 4, ioShare: 0.9 },
    'Convoy': { threads: 3, cores: 4, ioShare: 0.6, hog: true },
    'Thrash': { threads: 3, cores: 4, runtime: 'old' },
    'Long C calls': { threads: 3, cores: 4, call: 20 },
    'No forced switch': { threads: 2, cores: 4, force: false },
  };
  const SHOWN = 150; // the axis shows at most this much, so that one slice stays wide enough to see

  const range = (from, to, step = 1) => Array.from({ length: (to - from) / step + 1 }, (_, n) => from + n * step);
  const millis = (value) => `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ms`;

  // How long the same work takes under every runtime.
  function drawBars(setting, run, width) {
    const alone = oneAfterAnother(setting);
    const times = RUNTIMES.map((runtime) => (
      runtime === setting.runtime ? run.end : simulate({ ...setting, runtime }).end));
    const rows = [['one after the other', alone], ...RUNTIMES.map((runtime, n) => [NAMES[runtime], times[n]])];
    const longest = Math.max(alone, ...times), left = 132, right = 112;
    const parts = rows.flatMap(([name, time], row) => {
      const y = row * 22, length = Math.max(1, (width - left - right) * time / longest);
      const chosen = name === NAMES[setting.runtime] ? 'bar is-chosen' : 'bar';
      return [
        svg('text', { class: 'lane-name', 'text-anchor': 'end', x: left - 8, y: y + 15 }, name),
        svg('rect', { class: chosen, x: left, y: y + 3, width: length, height: 15 }),
        svg('text', { class: 'lane-name', x: left + length + 6, y: y + 15 }, `${millis(time)} ×${(alone / time).toFixed(2)}`),
      ];
    });
    return { parts, height: rows.length * 22 };
  }

  function sentence(setting, run) {
    const { totals } = run;
    let text = `${NAMES[setting.runtime]}: ${millis(run.end)}, against ${millis(oneAfterAnother(setting))} one after the other.`;
    if (setting.runtime === 'new' || setting.runtime === 'old') {
      text += ` The GIL changed hands ${totals.switches} times`;
      if (totals.requests) text += ` after ${totals.requests} requests`;
      if (totals.forNothing) text += `, and ${totals.forNothing} wake-ups were for nothing`;
      text += '.';
    } else {
      text += ` ${Math.min(setting.cores, setting.threads)} can run at once.`;
    }
    if (totals.ioWaits && totals.ioWaitMax > 0) {
      text += ` After I/O a thread waited ${millis(totals.ioWaitSum / totals.ioWaits)} for the GIL on average, ${millis(totals.ioWaitMax)} at worst.`;
    }
    return text + (run.end > SHOWN ? ` The picture shows the first ${SHOWN} ms.` : '');
  }

  function table(setting, run) {
    const used = Object.keys(STATES).filter((state) => run.spans.some((span) => span.state === state));
    const sum = (thread, state) => run.spans
      .filter((span) => span.thread === thread && span.state === state)
      .reduce((total, span) => total + span.to - span.from, 0);
    const end = (thread) => Math.max(...run.spans.filter((span) => span.thread === thread).map((span) => span.to));
    const head = ['', ...used.map((state) => STATES[state]), 'ends at'].map((text) => html('th', { scope: 'col' }, text));
    const rows = range(0, setting.threads - 1).map((thread) => html('tr', {},
      html('th', { scope: 'row' }, String(thread + 1)),
      ...used.map((state) => html('td', {}, millis(sum(thread, state)))),
      html('td', {}, millis(end(thread)))));
    return html('table', {}, html('thead', {}, html('tr', {}, ...head)), html('tbody', {}, ...rows));
  }

  function legend(run) {
    const states = Object.entries(STATES).filter(([state]) => run.spans.some((span) => span.state === state));
    const marks = Object.entries(MARKS).filter(([kind]) => run.marks.some((mark) => mark.kind === kind));
    return [...states, ...marks].map(([key, text]) => html('span', { class: `key key-${key}` }, text));
  }

  mount('gil', (data) => {
    let setting = { ...DEFAULTS, ...data }, run, end, moveCursor, at = 0, width = 0;
    const change = (key) => (value) => { setting = { ...setting, [key]: value }; draw(); };
    const fields = {
      runtime: choice('Runtime', Object.entries(NAMES), change('runtime')),
      threads: slider('Threads', range(1, 8), String, change('threads')),
      cores: slider('Cores', range(1, 8), String, change('cores')),
      interval: slider('Switch interval', [0.5, 1, 2, 5, 10, 20, 50], (value) => `${value} ms`, change('interval')),
      ioShare: slider('Share of I/O', range(0, 95, 5).map((percent) => percent / 100), (value) => `${Math.round(value * 100)} %`, change('ioShare')),
      call: slider('Length of C calls', [0, 1, 2, 5, 10, 20, 50], (value) => (value ? `${value} ms` : 'none'), change('call')),
      hog: checkbox('Thread 1 never waits', change('hog')),
      force: checkbox('Forced switching', change('force')),
    };
    const lanes = svg('svg', { class: 'lanes', role: 'img' });
    const bars = svg('svg', { class: 'bars', role: 'img', 'aria-label': 'Time that the same work takes under every runtime' });
    const now = html('p', { class: 'widget-now' });
    const keys = html('p', { class: 'widget-legend' });
    const says = announcement();
    const details = html('details', {}, html('summary', {}, 'The same as a table'));
    const lookName = id();
    const look = html('input', {
      id: lookName, type: 'range', min: 0, max: 1000, step: 1, value: 0,
      oninput: () => { at = look.value / 1000; point(); },
    });

    function draw() {
      for (const [key, field] of Object.entries(fields)) field.set(setting[key]);
      for (const key of ['interval', 'force', 'call']) fields[key].enable(setting.runtime === 'new');
      run = simulate(setting);
      end = Math.min(run.end, SHOWN);
      const noun = setting.runtime === 'processes' ? 'process' : 'thread';
      moveCursor = Lanes.draw(lanes, {
        names: range(1, setting.threads).map((number) => `${noun} ${number}`),
        bars: run.spans.map((span) => ({ ...span, lane: span.thread })),
        marks: run.marks.map((mark) => ({ ...mark, lane: mark.thread })),
        end, width, label: `Timeline. ${sentence(setting, run)}`,
      });
      const comparison = drawBars(setting, run, width);
      bars.setAttribute('viewBox', `0 0 ${width} ${comparison.height}`);
      bars.replaceChildren(...comparison.parts);
      keys.replaceChildren(...legend(run));
      details.replaceChildren(details.firstChild, html('div', { class: 'widget-scroll', tabindex: 0, role: 'group', 'aria-label': 'Times of each lane' }, table(setting, run)));
      says.say(sentence(setting, run));
      point();
    }

    function point() {
      const time = at * end;
      moveCursor(time);
      const states = range(0, setting.threads - 1).map((thread) => {
        const span = run.spans.find((each) => each.thread === thread && each.from <= time && time < each.to);
        return `${thread + 1} ${span ? STATES[span.state] : 'has ended'}`;
      });
      now.textContent = `At ${time.toFixed(1)} ms: ${states.join(' · ')}`;
      look.setAttribute('aria-valuetext', now.textContent);
    }

    const examples = Object.entries(EXAMPLES).map(([name, example]) => (
      button(name, () => { setting = { ...DEFAULTS, ...example }; draw(); })));
    return {
      elements: [
        html('div', { class: 'widget-buttons', role: 'group', 'aria-label': 'Examples' }, ...examples),
        html('div', { class: 'widget-fields' }, ...Object.values(fields).map((field) => field.element)),
        lanes,
        html('div', { class: 'widget-field widget-look' }, html('label', { for: lookName }, 'Look at'), look),
        now, keys, says.element, bars, details,
      ],
      ready: () => atWidth(lanes, (now) => { width = now; draw(); }),
    };
  });
})();
