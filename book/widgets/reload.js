// Only while writing (`cargo book serve`): loads the page again when the book was built anew.
(function () {
  'use strict';
  let known;
  setInterval(async () => {
    try {
      const version = await (await fetch('/__version')).text();
      if (known !== undefined && version !== known) location.reload();
      known = version;
    } catch {
      // The server is away: the next look may find it.
    }
  }, 1000);
})();
