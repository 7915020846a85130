// Laws of speed-up. No DOM here; book/builder/src/figure/amdahl.rs has the same.
(function (root) {
  'use strict';

  const LAWS = {
    amdahl: (setting, cores) => 1 / (setting.serial + (1 - setting.serial) / cores),
    gustafson: (setting, cores) => cores - setting.serial * (cores - 1),
    'work-span': (setting, cores) => Math.min(cores, setting.work / setting.span),
  };

  const speedup = (setting, cores) => LAWS[setting.law](setting, cores);

  // What any greedy scheduler reaches at least (Brent).
  const brent = (setting, cores) => setting.work / (setting.work / cores + setting.span);

  const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

  // The setting whose curve goes through a point: where a reader drags the handle to.
  function through(setting, cores, times) {
    const moved = { ...setting, cores: clamp(Math.round(cores), 1, 1024) };
    const reach = clamp(times, 1, moved.cores);
    if (moved.cores === 1) return moved;
    switch (setting.law) {
      case 'amdahl': return { ...moved, serial: clamp((moved.cores / reach - 1) / (moved.cores - 1), 0, 1) };
      case 'gustafson': return { ...moved, serial: clamp((moved.cores - reach) / (moved.cores - 1), 0, 1) };
      default: return { ...moved, span: clamp(setting.work / reach, 1, setting.work) };
    }
  }

  const api = { speedup, brent, through, LAWS: Object.keys(LAWS) };
  if (typeof module !== 'undefined') module.exports = api; else root.AmdahlModel = api;
})(globalThis);
