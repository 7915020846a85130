"""Python's side: reads `workload operations` line by line, and answers with seconds.

Every workload does what its Rust counterpart in workloads.rs does, with the class that Python's own
documentation names for it.
"""

import concurrent.futures
import multiprocessing
import queue
import sys
import threading
import time

CONTEXT = multiprocessing.get_context("fork")


def increment(number):
    return number + 1


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pool_task(count):
    with CONTEXT.Pool(2) as pool:
        pool.map(increment, range(100), chunksize=1)
        return timed(lambda: pool.map(increment, range(count), chunksize=1))


def executor_task(count):
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=CONTEXT) as executor:
        list(executor.map(increment, range(100), chunksize=1))
        return timed(lambda: list(executor.map(increment, range(count), chunksize=1)))


def pool_start(count):
    def start():
        for _ in range(count):
            pool = CONTEXT.Pool(2)
            pool.map(increment, range(2), chunksize=1)
            pool.close()
            pool.join()

    return timed(start)


def in_a_child(body):
    mine, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=body, args=(theirs,))
    child.start()
    theirs.close()
    return mine, child


def pipe_message(count):
    def send(connection):
        connection.recv()
        for number in range(count):
            connection.send(number)

    mine, child = in_a_child(send)

    def receive():
        mine.send("go")
        for _ in range(count):
            mine.recv()

    seconds = timed(receive)
    child.join()
    return seconds


def pipe_round_trip(count):
    def echo(connection):
        for _ in range(count):
            connection.send(connection.recv())

    mine, child = in_a_child(echo)

    def call():
        for number in range(count):
            mine.send(number)
            mine.recv()

    seconds = timed(call)
    child.join()
    return seconds


def queue_item(count):
    items = queue.Queue(100)

    def produce():
        for number in range(count):
            items.put(number)

    def work():
        producer = threading.Thread(target=produce)
        producer.start()
        for _ in range(count):
            items.get()
        producer.join()

    return timed(work)


def semaphore(count):
    permits = threading.BoundedSemaphore(5)

    def work():
        for _ in range(count):
            permits.acquire()
            permits.release()

    return timed(work)


def rlock(count):
    lock = threading.RLock()

    def work():
        for _ in range(count):
            lock.acquire()
            lock.release()

    return timed(work)


if __name__ == "__main__":
    print(sys.version.split()[0], flush=True)
    for line in sys.stdin:
        name, count = line.split()
        print(globals()[name](int(count)), flush=True)
