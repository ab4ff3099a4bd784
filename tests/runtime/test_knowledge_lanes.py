"""Who goes first at the embedder, shown in the order in which waiting work is done."""

from __future__ import annotations

import asyncio
import threading

import pytest

from agent_runtime.knowledge.embedder import SentenceTransformerEmbedder
from agent_runtime.knowledge.lanes import Lane, LaneThread


class Bench:
    """A lane thread that is held up until all work is queued; notes what is done when."""

    def __init__(self) -> None:
        self.thread = LaneThread("test")
        self.done: list[str] = []
        self._open = threading.Event()
        self._busy = threading.Event()
        self._queued: list[asyncio.Task] = []

    async def hold(self) -> None:
        def wait() -> None:
            self._busy.set()
            assert self._open.wait(20)

        await self.queue(Lane.BULK, wait)
        assert await asyncio.to_thread(self._busy.wait, 20)

    async def queue(self, lane: Lane, work: object, account_id: int = 0) -> asyncio.Task:
        act = work if callable(work) else lambda: self.done.append(work)
        task = asyncio.create_task(self.thread.run(lane, act, account_id=account_id))
        self._queued.append(task)
        await asyncio.sleep(0)  # one turn of the loop puts it in the queue
        return task

    async def release(self) -> None:
        self._open.set()
        await asyncio.gather(*self._queued, return_exceptions=True)


def test_questions_pass_edits_and_edits_pass_mass_work() -> None:
    async def play() -> None:
        bench = Bench()
        await bench.hold()
        for lane in (Lane.BULK, Lane.BULK, Lane.LIVE, Lane.QUERY):
            await bench.queue(lane, lane.name)
        await bench.release()
        assert bench.done == ["QUERY", "LIVE", "BULK", "BULK"]
        await bench.thread.close()

    asyncio.run(play())


def test_accounts_take_turns() -> None:
    async def play() -> None:
        bench = Bench()
        await bench.hold()
        for n in range(4):
            await bench.queue(Lane.BULK, f"large {n}", account_id=7)
        await bench.queue(Lane.BULK, "small 0", account_id=8)
        await bench.queue(Lane.BULK, "small 1", account_id=8)
        await bench.release()
        assert bench.done == ["large 0", "small 0", "large 1", "small 1", "large 2", "large 3"]
        await bench.thread.close()

    asyncio.run(play())


def test_what_is_given_up_while_it_waits_is_not_done() -> None:
    async def play() -> None:
        bench = Bench()
        await bench.hold()
        given_up = await bench.queue(Lane.LIVE, "given up")
        await bench.queue(Lane.LIVE, "wanted")
        given_up.cancel()
        await asyncio.wait({given_up})
        await bench.release()
        assert bench.done == ["wanted"]
        await bench.thread.close()

    asyncio.run(play())


def test_a_close_cancels_what_waits_and_faults_reach_their_caller() -> None:
    async def play() -> None:
        bench = Bench()
        fault = await bench.queue(Lane.LIVE, lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await fault
        await bench.hold()
        waiting = await bench.queue(Lane.QUERY, "too late")
        closing = asyncio.create_task(bench.thread.close())
        await asyncio.sleep(0)
        await bench.release()
        await closing
        assert waiting.cancelled()
        assert bench.done == []
        with pytest.raises(RuntimeError, match="closed"):
            await bench.thread.run(Lane.QUERY, int)

    asyncio.run(play())


def test_the_embedder_cuts_mass_work_so_that_a_question_passes() -> None:
    async def play() -> None:
        embedder = SentenceTransformerEmbedder()
        await embedder.load()
        sizes: list[int] = []
        whole = embedder._encode

        def noted(prefix: str, texts: list[str]) -> list[list[float]]:
            sizes.append(len(texts))
            return whole(prefix, texts)

        embedder._encode = noted
        texts = [f"Texto {n}. " + "palavra " * (n % 7) for n in range(100)]
        bulk = asyncio.create_task(embedder.embed_passages(texts, Lane.BULK, 7))
        while not sizes:
            await asyncio.sleep(0)
        question = await embedder.embed_query("palavra")
        # It waited for the one batch that was running, not for the twelve behind it.
        assert sizes[:2] == [8, 1]
        vectors = await bulk
        assert len(question) == embedder.size
        assert max(sizes) <= 8
        # Sorted by length to be encoded, in their own order again in the answer.
        (again,) = await embedder.embed_passages([texts[13]])
        assert vectors[13] == pytest.approx(again, abs=1e-4)
        await embedder.close()

    asyncio.run(play())
