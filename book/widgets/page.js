// What mdBook's pages lack for readers without a mouse.
(function () {
  'use strict';

  // The sidebar's toggle is a label: it takes clicks, but no keys.
  const toggle = document.getElementById('mdbook-sidebar-toggle');
  toggle?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle.click();
  });

  // Whatever scrolls sideways takes the focus, so that arrow keys can scroll it.
  const SCROLLERS = 'pre > code, .table-wrapper, .loop-code';
  const makeReachable = () => {
    for (const element of document.querySelectorAll(SCROLLERS)) {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    }
  };
  addEventListener('load', makeReachable);
  addEventListener('resize', makeReachable);
})();
