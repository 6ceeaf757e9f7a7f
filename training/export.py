"""Turn a trained state into the weights that ship: ONNX with 8-bit matrices and word vectors.

python -m training.export --state FOLDER/state.pt --vocabulary FOLDER --out src/volgens/reader/weights
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional
from torch.onnx.symbolic_helper import _optional_input_placeholder_tensor

from training.model import HIDDEN, Encoder, Labeller, Layer, Reader
from training.train import BEGIN, END, PAD
from volgens.reader.labels import AHEAD, BACK
from volgens.reader.network import FORMAT


class Words(nn.Module):
    """Word vectors as 8-bit integers with one scale a row. (They began as 4-bit numbers: little is lost.)"""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1).clamp(min=1e-8) / 127
        self.register_buffer("table", (weight / scale[:, None]).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        return self.table[pieces].to(torch.float32) * self.scale[pieces][..., None]


class Attention(torch.autograd.Function):
    """Attention as the one operator that ONNX Runtime has for it: the scores of all pairs are never written to memory.

    ``q``, ``k``, ``v`` (B, N, width), ``mask`` (B, N) of ones and zeros, or None where nothing is padded -> (B, N, width).
    """

    @staticmethod
    def forward(_ctx: Any, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, heads: int) -> Tensor:
        parts = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (q, k, v))
        bias = None if mask is None else (1.0 - mask.to(q.dtype))[:, None, None, :] * -1e4
        return functional.scaled_dot_product_attention(*parts, attn_mask=bias).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, mask: Any, heads: int) -> Any:
        # The input between is a bias of the projections, which these have already.
        padding = [] if mask is None else [_optional_input_placeholder_tensor(g), g.op("Cast", mask, to_i=6)]
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, *padding, num_heads_i=heads).setType(q.type())


class FusedLayer(nn.Module):
    """A layer whose queries, keys and values come from one matrix: the same numbers, in one product instead of three."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        width = layer.q.in_features
        self.qkv = nn.Linear(width, 3 * width)
        parts = (layer.q, layer.k, layer.v)
        self.qkv.weight = nn.Parameter(torch.cat([p.weight for p in parts]).detach())
        self.qkv.bias = nn.Parameter(torch.cat([p.bias for p in parts]).detach())

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        attended = Attention.apply(*self.qkv(x).chunk(3, -1), mask, self.layer.heads)
        x = self.layer.norm1(x + self.layer.o(attended))
        return self.layer.norm2(x + self.layer.down(functional.gelu(self.layer.up(x))))


def fused(encoder: Encoder) -> Encoder:
    """An encoder made ready to be written: 8-bit word vectors, fused layers."""
    encoder.words = Words(encoder.words.weight.detach())  # type: ignore[assignment]
    encoder.layers = nn.ModuleList(FusedLayer(layer) for layer in encoder.layers)
    return encoder


class EncoderGraph(nn.Module):
    """pieces (B, N) -> states (B, N, HIDDEN), states narrowed for the labeller (B, N, WIDTH), cue scores (B, N, 4).

    The windows of a text are equally long, so nothing is padded."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.encoder, self.narrow, self.cues = fused(model.encoder), model.labeller.narrow, model.cues

    def forward(self, pieces: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder(pieces, None)
        return states, self.narrow(states), self.cues(states)


class LabellerGraph(nn.Module):
    """The labeller from narrowed states (C, U, WIDTH) and the cue's summary (C, 2 * HIDDEN)."""

    def __init__(self, labeller: Labeller) -> None:
        super().__init__()
        self.labeller = labeller
        labeller.layers = nn.ModuleList(FusedLayer(layer) for layer in labeller.layers)

    def forward(self, units: Tensor, cue: Tensor, lines: Tensor, inside: Tensor, mask: Tensor,
                back: Tensor) -> tuple[Tensor, ...]:  # fmt: skip
        return self.labeller.from_narrow(units, cue, lines, inside, mask, back)


def write(
    graph: nn.Module,
    inputs: tuple[Tensor, ...],
    ins: Mapping[str, Mapping[int, str]],
    outs: Mapping[str, Mapping[int, str]],
    path: Path,
    *,
    quantise: bool = True,
) -> None:
    """Write a graph as ONNX, with 8-bit matrices."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / path.name
        torch.onnx.export(graph.eval(), inputs, str(whole), input_names=[*ins], output_names=[*outs], dynamic_axes={**ins, **outs},
                          opset_version=17, dynamo=False, custom_opsets={"com.microsoft": 1})  # fmt: skip
        if quantise:
            # Seven bits for weights: with eight, processors without VNNI overflow the 16-bit sums of two products.
            quantize_dynamic(whole, path, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8,
                             per_channel=True, reduce_range=True)  # fmt: skip
        else:
            shutil.copy(whole, path)


def in_floats(path: Path) -> None:
    """Have the quantised graph at ``path`` multiply in 32-bit floats: its matrices stay integers in the file, and become floats
    when it is loaded. Slower by 1.8, and what comes out for a text no longer depends on the texts that are beside it: the inputs of
    a product are quantised by the largest of them all.
    """
    model = onnx.load(path, load_external_data=False)
    graph = model.graph
    maker = {name: node for node in graph.node for name in node.output}
    user = {name: node for node in graph.node for name in node.input}
    instead: dict[int, list[onnx.NodeProto]] = {}
    for product in [node for node in graph.node if node.op_type == "MatMulInteger"]:
        quantised, matrix, _, _ = product.input
        inputs, cast = maker[quantised], user[product.output[0]]
        scaled = user[cast.output[0]]
        scales = maker[next(name for name in scaled.input if name != cast.output[0])]
        scale = next(name for name in scales.input if name != inputs.output[1])
        instead |= {id(node): [] for node in (product, inputs, cast, scales)}
        instead[id(scaled)] = [
            onnx.helper.make_node("Cast", [matrix], [f"{matrix}_cast"], to=onnx.TensorProto.FLOAT),
            onnx.helper.make_node("Mul", [f"{matrix}_cast", scale], [f"{matrix}_float"]),
            onnx.helper.make_node("MatMul", [inputs.input[0], f"{matrix}_float"], [scaled.output[0]]),
        ]
    nodes = [new for node in graph.node for new in instead.get(id(node), [node])]
    del graph.node[:]
    graph.node.extend(nodes)
    needed = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    onnx.save(model, path)


def share_words(folder: Path, *names: str) -> None:
    """Move the word vectors of graphs in ``folder`` into one file beside them, ``words.bin``. They must have the same."""
    for name in names:
        graph = onnx.load(folder / name, load_external_data=False)
        for tensor in graph.graph.initializer:
            if tensor.name.endswith("words.table") and not tensor.external_data:
                words = folder / "words.bin"
                if names[0] != name and words.read_bytes() != tensor.raw_data:
                    raise ValueError(f"{name} has other word vectors than {names[0]}")
                words.write_bytes(tensor.raw_data)
                onnx.external_data_helper.set_external_data(tensor, words.name)
                tensor.ClearField("raw_data")
        onnx.save(graph, folder / name)


def load(state: Path) -> Reader:
    """The trained model of ``state.pt``, ready to read."""
    stored = torch.load(state, map_location="cpu")
    rows = stored["model"]["encoder.words.weight"].shape[0]
    model = Reader(Encoder(rows, stored["layers"]))
    model.load_state_dict(stored["model"])
    return model.eval()


def export(model: Reader, vocabulary: Path, out: Path, *, window: int, overlap: int, ease: float, quantise: bool = True) -> None:
    """Write ``encoder.onnx``, ``words.bin``, ``labeller.onnx``, ``arrays.npz``, ``tokenizer.json`` and ``reader.json``."""
    out.mkdir(parents=True, exist_ok=True)
    units = torch.zeros(2, BACK + AHEAD, model.labeller.narrow.out_features)
    flags = torch.zeros(2, BACK + AHEAD, dtype=torch.long)
    np.savez(
        out / "arrays.npz",
        transitions=model.crf.scores().detach().numpy(),
        vector_weight=model.vector.weight.detach().numpy(),
        vector_bias=model.vector.bias.detach().numpy(),
    )
    around = {0: "cues", 1: "units"}
    cue, back = torch.zeros(2, 2 * HIDDEN), torch.tensor(BACK)
    graphs = {
        "labeller": (LabellerGraph(model.labeller), (units, cue, flags, flags, flags + 1, back),
                     {"units": around, "cue": {0: "cues"}, "lines": around, "inside": around, "mask": around, "back": {}},
                     {"roles": around, **{key: {0: "cues"} for key in ("kind", "act", "certainty")}}),
        "encoder": (EncoderGraph(model), (torch.full((2, 16), 5),), {"pieces": {0: "windows", 1: "pieces"}},
                    {key: {0: "windows", 1: "pieces"} for key in ("states", "narrow", "cues")}),
    }  # fmt: skip
    for name, (graph, inputs, ins, outs) in graphs.items():
        write(graph, inputs, ins, outs, out / f"{name}.onnx", quantise=quantise)
    share_words(out, "encoder.onnx")
    shutil.copy(vocabulary / "tokenizer.json", out / "tokenizer.json")
    settings = {"format": FORMAT, "begin": BEGIN, "pad": PAD, "end": END, "line_break": END, "window": window, "overlap": overlap,
                "ease": ease, "confidence": [0.0, 1.0, 1.0, 0.0, 0.0, 0.0], "temperatures": [1.0, 1.0, 1.0]}  # fmt: skip
    (out / "reader.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/volgens/reader/weights"))
    parser.add_argument("--window", type=int, default=448, help="pieces read at once")
    parser.add_argument("--overlap", type=int, default=64)
    parser.add_argument("--ease", type=float, default=0.0, help="log odds by which a cue is given the benefit of the doubt")
    parser.add_argument("--float", action="store_true", help="keep 32-bit matrices (to measure what 8 bits cost)")
    args = parser.parse_args()
    export(load(args.state), args.vocabulary, args.out, window=args.window, overlap=args.overlap, ease=args.ease,
           quantise=not args.float)  # fmt: skip


if __name__ == "__main__":
    main()
