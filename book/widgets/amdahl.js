// Speed-up against cores: a chart whose handle can be dragged, or moved by sliders.
(function () {
  'use strict';
  const { html, svg, slider, choice, announcement, mount, atWidth } = Toolbox;
  const { speedup, brent, through } = AmdahlModel;

  const LAWS = [
    ['amdahl', 'Amdahl: the problem stays the same'],
    ['gustafson', 'Gustafson: the problem grows with the cores'],
    ['work-span', 'Work and span'],
  ];
  const DOUBLINGS = 10, LEFT = 40, RIGHT = 12, TOP = 12;
  const HINT = 'Drag the handle, or use the sliders.';

  const doublings = (from, to, parts) => Array.from({ length: (to - from) * parts + 1 }, (_, n) => 2 ** (from + n / parts));
  const steps = (from, to, step) => Array.from({ length: (to - from) / step + 1 }, (_, n) => from + n * step);
  const percent = (share) => `${+(share * 100).toFixed(1)} %`;
  const times = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));

  function sentence(setting) {
    const { law, serial, work, span, cores } = setting, reached = times(speedup(setting, cores));
    if (law === 'work-span') {
      return `Work ${work.toFixed(0)} ms, span ${span.toFixed(0)} ms: ${cores} cores are at most ${reached} times as fast, and a greedy scheduler makes them at least ${times(brent(setting, cores))} times as fast.`;
    }
    const text = `With ${percent(serial)} serial work, ${cores} cores ${law === 'amdahl' ? `are ${reached} times as fast` : `do ${reached} times as much in the same time`}`;
    return law === 'amdahl' && serial > 0 ? `${text}, and no number of cores is more than ${times(1 / serial)} times as fast.` : `${text}.`;
  }

  function scales(width) {
    const height = Math.max(220, Math.min(340, width * 0.6)), bottom = height - 36;
    const along = (width - LEFT - RIGHT) / DOUBLINGS, up = (bottom - TOP) / DOUBLINGS;
    return {
      height, bottom,
      x: (cores) => LEFT + along * Math.log2(cores),
      y: (reached) => bottom - up * Math.log2(reached),
      cores: (x) => 2 ** ((x - LEFT) / along),
      times: (y) => 2 ** ((bottom - y) / up),
    };
  }

  function drawChart(setting, scale, width) {
    const { x, y, bottom, height } = scale, parts = [];
    for (let power = 0; power <= DOUBLINGS; power++) {
      const value = 2 ** power;
      parts.push(svg('line', { class: 'chart-grid', x1: x(value), x2: x(value), y1: y(1), y2: y(1024) }));
      parts.push(svg('line', { class: 'chart-grid', x1: x(1), x2: x(1024), y1: y(value), y2: y(value) }));
      if (power % 2) continue;
      parts.push(svg('text', { class: 'lane-tick', 'text-anchor': 'middle', x: x(value), y: bottom + 16 }, String(value)));
      parts.push(svg('text', { class: 'lane-tick', 'text-anchor': 'end', x: LEFT - 6, y: y(value) + 4 }, String(value)));
    }
    parts.push(svg('text', { class: 'lane-tick', 'text-anchor': 'middle', x: (LEFT + width) / 2, y: height - 4 }, 'cores'));
    parts.push(svg('text', { class: 'lane-tick', x: x(1) + 6, y: y(1024) + 12 }, 'times as fast'));
    const curve = (kind, law) => svg('polyline', {
      class: kind, points: doublings(0, DOUBLINGS, 8).map((cores) => `${x(cores)},${y(Math.max(1, law(cores)))}`).join(' '),
    });
    parts.push(curve('chart-ideal', (cores) => cores));
    if (setting.law === 'work-span') parts.push(curve('chart-brent', (cores) => brent(setting, cores)));
    parts.push(curve('chart-curve', (cores) => speedup(setting, cores)));
    const [cx, cy] = [x(setting.cores), y(speedup(setting, setting.cores))];
    parts.push(svg('line', { class: 'lane-cursor', x1: cx, x2: cx, y1: cy, y2: bottom }));
    parts.push(svg('circle', { class: 'chart-halo', cx, cy, r: 18 }), svg('circle', { class: 'chart-handle', cx, cy, r: 7 }));
    return parts;
  }

  mount('amdahl', (data) => {
    let setting = { ...data }, scale, width = 0, dragging = false;
    const change = (key) => (value) => {
      setting = { ...setting, [key]: value };
      if (setting.span > setting.work) setting = { ...setting, span: setting.work };
      draw();
    };
    const fields = {
      law: choice('Law', LAWS, change('law')),
      cores: slider('Cores', [...new Set(doublings(0, DOUBLINGS, 4).map(Math.round))], String, change('cores')),
      serial: slider('Serial share', [...steps(0, 0.1, 0.01), ...steps(0.15, 1, 0.05)], percent, change('serial')),
      work: slider('Work', steps(100, 2000, 100), (value) => `${value.toFixed(0)} ms`, change('work')),
      span: slider('Span', [1, 2, 5, ...steps(10, 100, 10), ...steps(150, 2000, 50)], (value) => `${value.toFixed(0)} ms`, change('span')),
    };
    const chart = svg('svg', { class: 'chart', role: 'img' });
    const says = announcement();

    function draw() {
      for (const [key, field] of Object.entries(fields)) field.set(setting[key]);
      const bounds = setting.law === 'work-span';
      fields.serial.element.hidden = bounds;
      fields.work.element.hidden = fields.span.element.hidden = !bounds;
      scale = scales(width);
      chart.setAttribute('viewBox', `0 0 ${width} ${scale.height}`);
      chart.setAttribute('aria-label', `${sentence(setting)} ${HINT}`);
      chart.replaceChildren(...drawChart(setting, scale, width));
      says.say(sentence(setting));
    }

    function drag(event) {
      const box = chart.getBoundingClientRect(), zoom = width / box.width;
      const cores = scale.cores((event.clientX - box.left) * zoom);
      setting = through(setting, cores, scale.times((event.clientY - box.top) * zoom));
      draw();
    }
    // The handle alone starts a drag, so that a finger can still scroll the page over the chart.
    chart.addEventListener('pointerdown', (event) => {
      if (!event.target.matches('.chart-handle, .chart-halo')) return;
      dragging = true;
      chart.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    chart.addEventListener('pointermove', (event) => { if (dragging) drag(event); });
    for (const name of ['pointerup', 'pointercancel']) chart.addEventListener(name, () => { dragging = false; });

    return {
      elements: [
        html('div', { class: 'widget-fields' }, ...Object.values(fields).map((field) => field.element)),
        chart, says.element,
      ],
      ready: () => atWidth(chart, (now) => { width = now; draw(); }),
    };
  });
})();
