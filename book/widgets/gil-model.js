// The model of book/gil-model in JavaScript: a slider cannot ask Rust. Its tests run both on the same
// settings and compare every span. No DOM here. Times are milliseconds.
(function (root) {
  'use strict';

  const RUNTIMES = ['new', 'old', 'free', 'processes'];
  const DEFAULTS = {
    threads: 2, cores: 4, interval: 5, ioShare: 0, hog: false, force: true, call: 0, runtime: 'new',
  };
  const WORK = 60; // CPU time of each thread
  const BURST = 2; // CPU time between two waits for I/O
  const NOTHING = 1e-9; // shorter than this is rounding

  // What a thread does: [CPU, I/O, CPU, …], always ending with CPU.
  function program(setting, thread) {
    if (setting.ioShare <= 0 || (setting.hog && thread === 0)) return [WORK];
    const io = BURST * setting.ioShare / (1 - setting.ioShare);
    const parts = [];
    for (let left = WORK; left > NOTHING; left -= BURST) {
      if (parts.length > 0) parts.push(io);
      parts.push(Math.min(left, BURST));
    }
    return parts;
  }

  // A thread on its way through its program.
  class Work {
    constructor(parts) {
      this.parts = parts;
      this.at = 0;
      this.left = parts[0];
    }
    // The current computing is over: the I/O that follows, or undefined at the end.
    io() {
      this.at += 1;
      return this.parts[this.at];
    }
    compute() {
      this.at += 1;
      this.left = this.parts[this.at];
    }
  }

  // Events happen in the order of their times, and those of one time as they were planned.
  class Clock {
    constructor() {
      this.now = 0;
      this.planned = 0;
      this.queue = []; // the next one last
    }
    after(millis, event) {
      const entry = { at: this.now + millis, number: this.planned++, event };
      const later = (other) => other.at > entry.at;
      let place = this.queue.length;
      while (place > 0 && !later(this.queue[place - 1])) place -= 1;
      this.queue.splice(place, 0, entry);
    }
    run() {
      while (this.queue.length > 0) {
        const next = this.queue.pop();
        this.now = next.at;
        next.event();
      }
    }
  }

  class Recorder {
    constructor(threads) {
      this.spans = [];
      this.marks = [];
      this.open = Array(threads).fill(null);
      this.totals = { switches: 0, requests: 0, forNothing: 0, ioWaits: 0, ioWaitSum: 0, ioWaitMax: 0 };
    }
    turn(thread, state, now) {
      const before = this.open[thread];
      if (before) {
        if (before.state === state) return;
        if (now - before.from > NOTHING) this.spans.push({ thread, ...before, to: now });
      }
      this.open[thread] = state && { state, from: now };
    }
    mark(thread, kind, now) {
      this.totals[kind === 'request' ? 'requests' : 'forNothing'] += 1;
      this.marks.push({ thread, kind, at: now });
    }
    backFromIo(waited) {
      this.totals.ioWaits += 1;
      this.totals.ioWaitSum += waited;
      this.totals.ioWaitMax = Math.max(this.totals.ioWaitMax, waited);
    }
    finish() {
      this.spans.sort((a, b) => a.from - b.from || a.thread - b.thread);
      const end = this.spans.reduce((latest, span) => Math.max(latest, span.to), 0);
      return { spans: this.spans, marks: this.marks, end, totals: this.totals };
    }
  }

  // What both GILs share: threads, a holder, and the count of switches.
  class Lock {
    constructor(setting) {
      this.setting = setting;
      this.clock = new Clock();
      this.recorder = new Recorder(setting.threads);
      this.threads = Array.from({ length: setting.threads }, (_, number) => (
        { work: new Work(program(setting, number)), computed: 0, asked: 0, afterIo: false }));
      this.holder = null;
      this.lastHolder = null;
      this.hold = 0; // number of the current hold: events of an earlier one mean nothing
    }
    simulate() {
      for (let thread = 0; thread < this.setting.threads; thread++) this.acquire(thread);
      this.clock.run();
      return this.recorder.finish();
    }
    hand(thread) {
      const now = this.clock.now;
      this.holder = thread;
      if (this.lastHolder !== thread) {
        this.lastHolder = thread;
        this.recorder.totals.switches += 1;
      }
      this.recorder.turn(thread, 'run', now);
      const taker = this.threads[thread];
      if (taker.afterIo) this.recorder.backFromIo(now - taker.asked);
      taker.afterIo = false;
    }
    wantIn(thread) {
      this.threads[thread].asked = this.clock.now;
      this.recorder.turn(thread, 'wait', this.clock.now);
    }
    waitForIo(thread, millis) {
      this.recorder.turn(thread, 'io', this.clock.now);
      this.clock.after(millis, () => {
        this.threads[thread].work.compute();
        this.threads[thread].afterIo = true;
        this.acquire(thread);
      });
    }
  }

  // CPython 3.2 and later, after take_gil and drop_gil of Python/ceval_gil.c.
  const WAKE = 0.05; // from a signal to the moment when the woken thread runs

  class NewGil extends Lock {
    constructor(setting) {
      super(setting);
      this.dropRequest = false;
      this.forced = null; // who waits for the switch that it was asked for
      this.waiters = [];
      this.waits = 0;
    }
    acquire(thread) {
      this.wantIn(thread);
      if (this.holder === null) this.take(thread); else this.wait(thread);
    }
    wait(thread) {
      const wait = ++this.waits;
      this.waiters.push({ thread, wait, switches: this.recorder.totals.switches, signalled: false });
      this.clock.after(this.setting.interval, () => this.timedOut(thread, wait));
    }
    timedOut(thread, wait) {
      const at = this.waiters.findIndex((waiter) => waiter.wait === wait && !waiter.signalled);
      if (at < 0) return;
      const [waiter] = this.waiters.splice(at, 1);
      if (this.holder === null) return this.take(thread);
      if (waiter.switches === this.recorder.totals.switches) { // who just saw a switch has no reason to complain
        this.dropRequest = true;
        this.recorder.mark(thread, 'request', this.clock.now);
        const hold = this.hold;
        this.clock.after(this.toSafePoint(), () => hold === this.hold && this.safePoint());
      }
      this.wait(thread);
    }
    toSafePoint() {
      if (this.setting.call <= 0) return 0;
      const computed = this.threads[this.holder].computed + this.clock.now - this.heldSince;
      return this.setting.call - computed % this.setting.call;
    }
    woken(thread) {
      this.waiters = this.waiters.filter((waiter) => waiter.thread !== thread);
      if (this.holder === null) return this.take(thread);
      this.recorder.mark(thread, 'for-nothing', this.clock.now);
      this.wait(thread);
    }
    take(thread) {
      this.hand(thread);
      this.dropRequest = false;
      this.heldSince = this.clock.now;
      const hold = this.hold;
      this.clock.after(this.threads[thread].work.left, () => hold === this.hold && this.computed());
      if (this.forced && this.forced.thread !== thread) {
        const then = this.forced.then;
        this.forced = null;
        this.clock.after(0, then);
      }
    }
    release(thread, then) {
      this.hold += 1;
      this.holder = null;
      this.lastHolder = thread;
      const waiter = this.waiters.find((each) => !each.signalled);
      if (waiter) {
        waiter.signalled = true;
        this.clock.after(WAKE, () => this.woken(waiter.thread));
      }
      if (this.dropRequest && waiter && this.setting.force) {
        this.forced = { thread, then };
        this.recorder.turn(thread, 'wait', this.clock.now);
      } else then();
    }
    safePoint() {
      if (this.holder === null || !this.dropRequest) return;
      const holder = this.holder, thread = this.threads[holder];
      const computed = this.clock.now - this.heldSince;
      if (thread.work.left - computed <= NOTHING) return; // lets go at this very moment anyway
      thread.work.left -= computed;
      thread.computed += computed;
      this.release(holder, () => this.acquire(holder));
    }
    computed() {
      const holder = this.holder, thread = this.threads[holder];
      thread.computed += this.clock.now - this.heldSince;
      const io = thread.work.io();
      this.release(holder, io === undefined
        ? () => this.recorder.turn(holder, null, this.clock.now)
        : () => this.waitForIo(holder, io));
    }
  }

  // Before 3.2. Calibrated to Beazley's measurements: see book/gil-model/src/old_gil.rs.
  const THRASH = 0.97, THRASH_ON_ONE_CORE = 0.45, WIN = 0.05, RETRY = 0.25, SLICE = 4;

  class OldGil extends Lock {
    constructor(setting) {
      super(setting);
      this.waiting = [];
      this.plans = 0;
      this.since = 0;
      this.speed = 1;
      this.luck = 12345;
    }
    acquire(thread) {
      this.wantIn(thread);
      if (this.holder === null) return this.take(thread);
      this.settle();
      this.waiting.push(thread);
      this.plan();
    }
    take(thread) {
      this.hand(thread);
      this.plan();
      this.hold += 1;
      this.planTick();
    }
    settle() { // books what the holder has computed until now
      if (this.holder === null) return;
      this.threads[this.holder].work.left -= (this.clock.now - this.since) * this.speed;
      this.since = this.clock.now;
    }
    plan() { // while somebody waits, each check costs the holder a signal
      if (this.holder === null) return;
      const thrash = this.setting.cores > 1 ? THRASH : THRASH_ON_ONE_CORE;
      this.speed = this.waiting.length === 0 ? 1 : 1 / (1 + thrash);
      this.since = this.clock.now;
      const plan = ++this.plans;
      this.clock.after(this.threads[this.holder].work.left / this.speed, () => plan === this.plans && this.computed());
    }
    planTick() {
      const hold = this.hold;
      this.clock.after(this.setting.cores > 1 ? RETRY : SLICE, () => hold === this.hold && this.tick());
    }
    tick() {
      this.planTick();
      if (this.holder === null || this.waiting.length === 0) return;
      const first = this.waiting[0];
      if (this.setting.cores > 1 && this.random() > WIN) {
        this.recorder.mark(first, 'for-nothing', this.clock.now);
        this.waiting.push(this.waiting.shift());
        return;
      }
      this.settle();
      const holder = this.holder;
      if (this.threads[holder].work.left <= NOTHING) return;
      this.waiting.shift();
      this.waiting.push(holder);
      this.wantIn(holder);
      this.take(first);
    }
    computed() {
      const holder = this.holder, io = this.threads[holder].work.io();
      this.holder = null;
      if (io === undefined) this.recorder.turn(holder, null, this.clock.now);
      else this.waitForIo(holder, io);
      this.hold += 1;
      this.plans += 1;
      if (this.waiting.length > 0) this.take(this.waiting.shift());
    }
    random() { // Lehmer's generator: each product fits 53 bits
      this.luck = this.luck * 48271 % 2147483647;
      return this.luck / 2147483647;
    }
  }

  // No GIL: threads of the free-threaded build, or processes, share the cores by time slices.
  const FREE_THREADED_COST = 1.08, PROCESS_START = 15;

  function shareCores(setting, cost, start) {
    const clock = new Clock(), recorder = new Recorder(setting.threads), ready = [];
    const threads = Array.from({ length: setting.threads }, (_, number) => new Work(program(setting, number)));
    let idle = setting.cores;
    const enqueue = (thread) => {
      recorder.turn(thread, 'ready', clock.now);
      ready.push(thread);
    };
    const dispatch = () => {
      while (idle > 0 && ready.length > 0) {
        const thread = ready.shift(), millis = Math.min(threads[thread].left, SLICE / cost);
        idle -= 1;
        recorder.turn(thread, 'run', clock.now);
        clock.after(millis * cost, () => { sliceOver(thread, millis); dispatch(); });
      }
    };
    const sliceOver = (thread, millis) => {
      idle += 1;
      threads[thread].left -= millis;
      if (threads[thread].left > NOTHING) {
        if (ready.length === 0) ready.push(thread); else enqueue(thread);
        return;
      }
      const io = threads[thread].io();
      if (io === undefined) return recorder.turn(thread, null, clock.now);
      recorder.turn(thread, 'io', clock.now);
      clock.after(io, () => { threads[thread].compute(); enqueue(thread); dispatch(); });
    };
    for (let thread = 0; thread < setting.threads; thread++) {
      recorder.turn(thread, start > 0 ? 'start' : 'ready', 0);
      clock.after(start * (thread + 1), () => { enqueue(thread); dispatch(); });
    }
    clock.run();
    return recorder.finish();
  }

  function simulate(options) {
    const setting = { ...DEFAULTS, ...options };
    switch (setting.runtime) {
      case 'old': return new OldGil(setting).simulate();
      case 'free': return shareCores(setting, FREE_THREADED_COST, 0);
      case 'processes': return shareCores(setting, 1, PROCESS_START);
      default: return new NewGil(setting).simulate();
    }
  }

  function oneAfterAnother(options) {
    const setting = { ...DEFAULTS, ...options };
    let sum = 0;
    for (let thread = 0; thread < setting.threads; thread++) {
      for (const millis of program(setting, thread)) sum += millis;
    }
    return sum;
  }

  const api = { simulate, oneAfterAnother, DEFAULTS, RUNTIMES, WORK };
  if (typeof module !== 'undefined') module.exports = api; else root.GilModel = api;
})(globalThis);
