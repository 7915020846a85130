// Bars on lanes, along a time axis in milliseconds. Two widgets draw with it; the builder's still
// pictures look the same.
(function (root) {
  'use strict';
  const { svg } = Toolbox;

  const LANE = 24, TOP = 4, LEFT = 76, RIGHT = 10;
  const STEPS = [1, 2, 5, 10, 20, 50, 100, 200];

  function axis(end, x, bottom, width) {
    const most = width < 420 ? 4 : 8;
    const step = STEPS.find((each) => end / each <= most) || 500;
    const parts = [svg('text', { class: 'lane-tick', x: 0, y: bottom + 18 }, 'ms')];
    for (let time = 0; time <= end + 1e-9; time += step) {
      parts.push(svg('line', { class: 'lane-axis', x1: x(time), x2: x(time), y1: bottom, y2: bottom + 4 }));
      parts.push(svg('text', { class: 'lane-tick', 'text-anchor': 'middle', x: x(time), y: bottom + 18 }, String(time)));
    }
    return parts;
  }

  // Fills `picture`; returns a function that moves its cursor to a time.
  function draw(picture, { names, bars, marks = [], end, width, label }) {
    const x = (time) => LEFT + (width - LEFT - RIGHT) * time / end;
    const top = (lane) => TOP + LANE * lane, bottom = top(names.length);
    const parts = names.flatMap((name, lane) => [
      svg('text', { class: 'lane-name', x: 0, y: top(lane) + 16 }, name),
      svg('line', { class: 'lane-rail', x1: LEFT, x2: width - RIGHT, y1: top(lane) + 12, y2: top(lane) + 12 }),
    ]);
    for (const bar of bars.filter((each) => each.from < end)) {
      const [inset, height] = bar.state === 'run' || bar.state === 'block' ? [2, 20] : [7, 10];
      const length = Math.max(0.4, x(Math.min(bar.to, end)) - x(bar.from));
      parts.push(svg('rect', { class: `lane-${bar.state}`, x: x(bar.from), y: top(bar.lane) + inset, width: length, height }));
    }
    for (const mark of marks.filter((each) => each.at <= end)) {
      const at = x(mark.at), y = top(mark.lane);
      parts.push(svg('line', { class: `mark-${mark.kind}`, x1: at, x2: at, y1: y + 2, y2: y + 22 }));
    }
    const cursor = svg('line', { class: 'lane-cursor', y1: 0, y2: bottom + 4 });
    picture.setAttribute('viewBox', `0 0 ${width} ${bottom + 24}`);
    picture.setAttribute('aria-label', label);
    picture.replaceChildren(...parts, ...axis(end, x, bottom, width), cursor);
    return (time) => {
      cursor.setAttribute('x1', x(time));
      cursor.setAttribute('x2', x(time));
    };
  }

  root.Lanes = { draw };
})(globalThis);
