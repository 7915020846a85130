// What every widget needs: elements, sliders, choices, and a way into its figure. A widget replaces the
// still picture that the builder put into the figure; if it fails, the picture stays.
(function (root) {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  // mdBook turns pages on arrows and opens the search on letters, unless a text field has the focus.
  const MDBOOK_KEYS = ['ArrowLeft', 'ArrowRight', 's', 'S', '/', '?'];
  const QUIET = 400; // milliseconds without a change before a screen reader is told
  let ids = 0;

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
  }

  const html = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const id = () => `widget-${++ids}`;

  // Text where backticks mark code.
  const prose = (text) => text.split('`').map((part, index) => (index % 2 ? html('code', {}, part) : part));

  const button = (label, onclick, attributes = {}) => html('button', { type: 'button', onclick, ...attributes }, label);

  // A labelled slider. `steps` are its values; `show` says one in words.
  function slider(label, steps, show, changed) {
    const name = id();
    const output = html('output', { for: name });
    const input = html('input', {
      id: name, type: 'range', min: 0, max: steps.length - 1, step: 1,
      oninput: () => { say(steps[input.value]); changed(steps[input.value]); },
    });
    const say = (value) => {
      output.textContent = show(value);
      input.setAttribute('aria-valuetext', show(value));
    };
    const nearest = (value) => steps.reduce((best, step, index) => (
      Math.abs(step - value) < Math.abs(steps[best] - value) ? index : best), 0);
    return {
      element: html('div', { class: 'widget-field' }, html('label', { for: name }, label), input, output),
      set(value) { input.value = nearest(value); say(value); },
      enable(on) { input.disabled = !on; },
    };
  }

  // A labelled choice of one among `options`: pairs of a value and its name.
  function choice(label, options, changed) {
    const name = id();
    const select = html('select', { id: name, onchange: () => changed(select.value) },
      ...options.map(([value, text]) => html('option', { value }, text)));
    return {
      element: html('div', { class: 'widget-field' }, html('label', { for: name }, label), select),
      set(value) { select.value = value; },
    };
  }

  function checkbox(label, changed) {
    const name = id();
    const input = html('input', { id: name, type: 'checkbox', onchange: () => changed(input.checked) });
    return {
      element: html('div', { class: 'widget-check' }, input, html('label', { for: name }, label)),
      set(value) { input.checked = value; },
      enable(on) { input.disabled = !on; },
    };
  }

  // A sentence that screen readers are told, but not at every step of a slider.
  function announcement() {
    const element = html('p', { class: 'widget-says', 'aria-live': 'polite' });
    let waiting;
    return {
      element,
      say(text) {
        clearTimeout(waiting);
        const now = () => element.replaceChildren(...prose(text));
        if (element.textContent === '') now(); else waiting = setTimeout(now, QUIET);
      },
    };
  }

  // Calls `setup(data, figure)` for every figure of a widget; it returns the elements to show.
  function mount(widget, setup) {
    for (const figure of document.querySelectorAll(`figure[data-widget="${widget}"]`)) {
      const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
      const caption = figure.querySelector('figcaption');
      const { elements, ready } = setup(data, figure);
      figure.replaceChildren(...elements, ...(caption ? [caption] : []));
      figure.classList.add('is-live');
      figure.addEventListener('keydown', (event) => {
        if (MDBOOK_KEYS.includes(event.key)) event.stopPropagation();
      });
      if (ready) ready();
    }
  }

  // Draws a picture now, and again whenever there is more or less room: text keeps its size on every
  // screen.
  function atWidth(picture, draw) {
    const room = picture.parentElement;
    let width = 0;
    const look = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(room);
      const now = Math.round(room.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
      if (now > 0 && now !== width) draw(width = now);
    };
    new ResizeObserver(look).observe(room);
    look();
  }

  root.Toolbox = { html, svg, id, prose, button, slider, choice, checkbox, announcement, mount, atWidth };
})(globalThis);
