const test = require('node:test');
const assert = require('node:assert');
const { speedup, brent, through, LAWS } = require('./amdahl-model.js');

const setting = { law: 'amdahl', serial: 0.25, work: 100, span: 10, cores: 4 };
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test('the laws say what the textbooks say', () => {
  near(speedup(setting, 1), 1);
  near(speedup(setting, 3), 2);
  near(speedup({ ...setting, law: 'gustafson' }, 5), 4);
  near(speedup({ ...setting, law: 'work-span' }, 4), 4);
  near(speedup({ ...setting, law: 'work-span' }, 64), 10);
  near(brent(setting, 10), 5);
});

test('a dragged handle stays under the pointer', () => {
  for (const law of LAWS) {
    for (const cores of [2, 7, 64, 1000]) {
      const times = Math.min(cores, 3);
      const moved = through({ ...setting, law }, cores, times);
      assert.equal(moved.cores, cores);
      near(speedup(moved, cores), times);
    }
  }
});

test('the handle cannot leave the chart', () => {
  assert.deepEqual(through(setting, 0.3, 5), { ...setting, cores: 1 });
  const ideal = through(setting, 8, 5000);
  assert.equal(ideal.serial, 0);
  assert.equal(through(setting, 1e9, 1).cores, 1024);
});
