"""From a trained network to the files that ship: int8 tables for NumPy and an int8 graph for ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from extract.tagger.evidence import COLUMNS
from extract.tagger.forms import Forms
from extract.tagger.labels import TAGS
from extract.tagger.model import CHARACTERS, FORMAT, Weights
from extract.tagger.training.network import Network

_MICROSOFT = "com.microsoft"
_LEVELS = 63
"""Largest weight in int8: seven bits, because older processors overflow with eight."""
_ZERO = 128


def export(
    network: Network,
    words: Sequence[str],
    word_tags: Sequence[str],
    characters: Sequence[str],
    embeddings: NDArray[np.float32],
    forms: Forms,
    ranges: Sequence[float],
    about: dict[str, Any],
) -> Weights:
    """The weights of a trained network.

    Args:
        words: form and tag (``서울/NNP``) of the words that have vectors, in order.
        embeddings: Kiwi's embeddings by morpheme id (ids + 1 x dimensions), as the network has them, the
            first row of zeros for morphemes without one.
        ranges: the largest magnitude met at the entry of every layer, the last one too.
        about: what ``model.json`` says beside the format.
    """
    state = {name: value.detach().numpy().astype(np.float32) for name, value in network.state_dict().items()}
    shape = network.shape
    entry = state["entry.weight"].T
    sizes = (shape.word, shape.tag, shape.characters_out, shape.embedding, *shape.column)
    parts = np.split(entry, np.cumsum(sizes)[:-1])
    tables: dict[str, NDArray[Any]] = {
        "words": _text(words),
        "word_tags": _text(word_tags),
        "characters": _text(characters),
        "forms": _text(forms.forms),
        "readings": np.array([forms.names, forms.others], np.int16).T.copy(),
        "automaton": np.frombuffer(forms.compiled(), np.uint8),
    }
    for i, name in enumerate(COLUMNS):
        tables[f"column_{name}"] = np.ascontiguousarray(state[f"columns.{i}.weight"] @ parts[4 + i])
    about = {**about, "format": FORMAT, "tags": list(TAGS), "columns": list(COLUMNS)}
    vectors = _vectors(state, parts[:4], embeddings @ state["vocabulary.projection.weight"].T, shape.width)
    return Weights(about, tables, vectors, _network(state, shape.width, shape.layers, ranges))


def ranges_of(network: Network, batches: Sequence[tuple[torch.Tensor, ...]]) -> list[float]:
    """The magnitude that all but one in 100,000 values at the entry of every layer stay below."""
    seen: list[list[NDArray[Any]]] = [[] for _ in range(len(network.gates) + 1)]
    hooks = [
        gate.register_forward_hook(
            lambda _m, inputs, _o, kept=kept: kept.append(inputs[0].abs().flatten()[::7].numpy())
        )
        for gate, kept in zip([*network.gates, network.exit], seen, strict=True)
    ]
    network.eval()
    with torch.no_grad():
        for batch in batches:
            network(*batch)
    for hook in hooks:
        hook.remove()
    return [float(np.quantile(np.concatenate(kept), 1 - 1e-5)) for kept in seen]


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    if any("\n" in line for line in lines):
        raise ValueError("a form with a line break cannot be stored")
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)


def _quantised_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.abs(table).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


class _Graph:
    """Nodes and constants of an ONNX graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, NDArray[Any]] = {}

    def node(self, kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: Any) -> None:
        """One operation."""
        self.nodes.append(helper.make_node(kind, inputs, outputs, **attributes))

    def rows(self, name: str, table: NDArray[np.float32], index: str) -> None:
        """Rows of a table, kept as int8 with one scale a row, under ``name``."""
        self.constants[name + "_int8"], self.constants[name + "_scale"] = _quantised_rows(table)
        self.node("Gather", [name + "_int8", index], [name + "_picked"])
        self.node("Cast", [name + "_picked"], [name + "_float"], to=TensorProto.FLOAT)
        self.node("Gather", [name + "_scale", index], [name + "_scales"])
        self.node("Unsqueeze", [name + "_scales", "last_axis"], [name + "_column"])
        self.node("Mul", [name + "_float", name + "_column"], [name])
        self.constants["last_axis"] = np.array([-1], np.int64)

    def serialised(self, inputs: Sequence[Any], outputs: Sequence[Any]) -> bytes:
        """The graph as ONNX stores it."""
        constants = [numpy_helper.from_array(value, name) for name, value in self.constants.items()]
        graph = helper.make_graph(self.nodes, "tagger", inputs, outputs, constants)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        return bytes(model.SerializeToString())


def _vectors(
    state: dict[str, NDArray[np.float32]],
    entry: Sequence[NDArray[np.float32]],
    embeddings: NDArray[np.float32],
    width: int,
) -> bytes:
    """From words (n x 3 numbers of word, tag, embedding; n x characters) to entry vectors (n x width)."""
    graph = _Graph()
    graph.constants.update(
        tag_entry=state["vocabulary.tag.weight"] @ entry[1]
        + state["entry.bias"]
        + state["vocabulary.projection.bias"] @ entry[3],
        entry_word=np.ascontiguousarray(entry[0]),
        entry_character=np.ascontiguousarray(entry[2]),
        entry_embedding=np.ascontiguousarray(entry[3]),
        convolution=state["vocabulary.convolution.weight"],
        convolution_bias=state["vocabulary.convolution.bias"],
        axis_1=np.array([1], np.int64),
    )
    graph.node("Split", ["numbers"], ["word_1", "tag_1", "embedding_1"], axis=1, num_outputs=3)
    for name in ("word", "tag", "embedding"):
        graph.node("Squeeze", [name + "_1", "axis_1"], [name + "_index"])
    graph.rows("word", state["vocabulary.word.weight"], "word_index")
    graph.rows("embedding", embeddings, "embedding_index")
    graph.rows("character", state["vocabulary.character.weight"], "characters")
    graph.node("Transpose", ["character"], ["character_first"], perm=[0, 2, 1])
    graph.node("Conv", ["character_first", "convolution", "convolution_bias"], ["convolved"], pads=[1, 1])
    graph.node("Relu", ["convolved"], ["read"])
    graph.node("Cast", ["characters"], ["present"], to=TensorProto.BOOL)
    graph.node("Cast", ["present"], ["present_float"], to=TensorProto.FLOAT)
    graph.node("Unsqueeze", ["present_float", "axis_1"], ["present_column"])
    graph.node("Mul", ["read", "present_column"], ["read_present"])
    graph.node("ReduceMax", ["read_present", "last_axis"], ["spelling"], keepdims=0)
    graph.node("MatMul", ["word", "entry_word"], ["by_word"])
    graph.node("MatMul", ["spelling", "entry_character"], ["by_character"])
    graph.node("MatMul", ["embedding", "entry_embedding"], ["by_embedding"])
    graph.node("Gather", ["tag_entry", "tag_index"], ["by_tag"])
    graph.node("Sum", ["by_word", "by_character", "by_embedding", "by_tag"], ["vectors"])
    return graph.serialised(
        [
            helper.make_tensor_value_info("numbers", TensorProto.INT64, ["words", 3]),
            helper.make_tensor_value_info("characters", TensorProto.INT64, ["words", CHARACTERS]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["words", width])],
    )


def _network(
    state: dict[str, NDArray[np.float32]], width: int, layers: int, ranges: Sequence[float]
) -> bytes:
    """Gated convolutions over ``x`` as products of uint8 with int8 on fixed scales, then softmax of the tags.

    The rows ``gaps`` count as nothing for those beside them, and what comes out of them means nothing.
    """
    graph = _Graph()
    constants = graph.constants
    constants.update(
        zero_point=np.array(_ZERO, np.uint8),
        weight_zero=np.array(0, np.int8),
        edge=np.full((1, width), _ZERO, np.uint8),
        from_first=np.array([0], np.int64),
        from_third=np.array([2], np.int64),
        to_last_but_one=np.array([-2], np.int64),
        to_end=np.array([np.iinfo(np.int64).max], np.int64),
        rows=np.array([0], np.int64),
        last_axis=np.array([-1], np.int64),
    )
    graph.node("Unsqueeze", ["gaps", "last_axis"], ["gap_rows"])
    graph.node("Sub", ["gaps", "gaps"], ["first_row"])
    graph.node("Gather", ["edge", "first_row"], ["blank"], axis=0)

    def product(
        name: str, weight: NDArray[np.float32], bias: NDArray[np.float32], inputs: str, scale_of: str
    ) -> None:
        scale = np.abs(weight).max(1) / _LEVELS
        scale[scale == 0] = 1
        constants[name + "_weight"] = np.rint(weight / scale[:, None]).astype(np.int8).T.copy()
        constants[name + "_scales"] = scale.astype(np.float32)
        constants[name + "_bias"] = bias
        graph.node(
            "MatMulIntegerToFloat",
            [
                inputs,
                name + "_weight",
                scale_of,
                name + "_scales",
                "zero_point",
                "weight_zero",
                name + "_bias",
            ],
            [name],
            domain=_MICROSOFT,
        )

    current = "x"
    for i in range(layers + 1):
        constants[f"q{i}_scale"] = np.array(ranges[i] / 127, np.float32)
        graph.node("QuantizeLinear", [current, f"q{i}_scale", "zero_point"], [f"q{i}_all"])
        graph.node("ScatterND", [f"q{i}_all", "gap_rows", "blank"], [f"q{i}"])
        if i == layers:
            break
        graph.node("Concat", ["edge", f"q{i}", "edge"], [f"q{i}_framed"], axis=0)
        graph.node("Slice", [f"q{i}_framed", "from_first", "to_last_but_one", "rows"], [f"q{i}_before"])
        graph.node("Slice", [f"q{i}_framed", "from_third", "to_end", "rows"], [f"q{i}_after"])
        graph.node("Concat", [f"q{i}_before", f"q{i}", f"q{i}_after"], [f"q{i}_around"], axis=1)
        # two products are quicker than one that is cut in two
        for name, part in (("value", slice(width)), ("opening", slice(width, None))):
            weight, bias = state[f"gates.{i}.weight"][part], state[f"gates.{i}.bias"][part]
            product(f"{name}{i}", weight, bias, f"q{i}_around", f"q{i}_scale")
        graph.node("Sigmoid", [f"opening{i}"], [f"open{i}"])
        graph.node("Mul", [f"value{i}", f"open{i}"], [f"gated{i}"])
        graph.node("Add", [current, f"gated{i}"], [f"sum{i}"])
        constants[f"norm{i}_weight"] = state[f"norms.{i}.weight"]
        constants[f"norm{i}_bias"] = state[f"norms.{i}.bias"]
        current = f"layer{i}"
        graph.node("LayerNormalization", [f"sum{i}", f"norm{i}_weight", f"norm{i}_bias"], [current], axis=-1)
    product("scores", state["exit.weight"], state["exit.bias"], f"q{layers}", f"q{layers}_scale")
    graph.node("Softmax", ["scores"], ["probabilities"], axis=-1)
    return graph.serialised(
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["pieces", width]),
            helper.make_tensor_value_info("gaps", TensorProto.INT64, ["gaps"]),
        ],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["pieces", len(TAGS)])],
    )
