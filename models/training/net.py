"""MobileNetV2 with a small head, and the same network written with its Grad-CAM maps in the graph.

The layers carry torchvision's names, so that the weights of `pretrained/` fit. Two things differ from
torchvision because the weights come from TensorFlow: input lies in [-1, 1], and 3x3 convolutions of
stride 2 pad right and bottom only.
"""

import torch
from torch import nn
from torch.nn import functional as F

# (expansion, channels, repeats, first stride): table 2 of Sandler et al. 2018.
STAGES = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


class Conv(nn.Conv2d):
    """A convolution that pads as TensorFlow's SAME does on even sizes."""

    def forward(self, x):
        if self.stride == (2, 2):
            x = F.pad(x, (0, 1, 0, 1))
        return super().forward(x)


def conv_bn(inputs, outputs, kernel, stride, groups=1, relu=True):
    padding = 0 if stride == 2 else kernel // 2
    layers = [Conv(inputs, outputs, kernel, stride, padding, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, nn.ReLU6()) if relu else layers


class Block(nn.Module):
    """Inverted residual with a linear bottleneck."""

    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        layers = [] if expansion == 1 else [conv_bn(inputs, hidden, 1, 1)]
        layers += [conv_bn(hidden, hidden, 3, stride, groups=hidden), *conv_bn(hidden, outputs, 1, 1, relu=False)]
        self.conv = nn.Sequential(*layers)
        self.same = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.same else self.conv(x)


def features(last=18):
    """Layers 0..=last of the feature extractor: 13 gives 96 channels, 18 gives 1280."""
    layers, width = [conv_bn(3, 32, 3, 2)], 32
    for expansion, channels, repeats, stride in STAGES:
        for i in range(repeats):
            layers.append(Block(width, channels, stride if i == 0 else 1, expansion))
            width = channels
    layers.append(conv_bn(width, 1280, 1, 1))
    return nn.Sequential(*layers[: last + 1])


class Classifier(nn.Module):
    """Features -> mean over the grid -> Dense -> ReLU -> Dense.

    Input: grey float32 [N, 1, S, S] in 0..1. Output of `forward`: logits [N, C].
    """

    def __init__(self, classes, hidden=256, last=18, dropout=0.3):
        super().__init__()
        self.features = features(last)
        with torch.no_grad():
            width = self.features.eval()(torch.zeros(1, 3, 32, 32)).shape[1]
        self.dense1 = nn.Linear(width, hidden)
        self.dense2 = nn.Linear(hidden, classes)
        self.dropout = nn.Dropout(dropout)

    def grid(self, x):
        """Activations of the last convolution, [N, K, h, w]."""
        return self.features((x * 2 - 1).expand(-1, 3, -1, -1))

    def head(self, grid):
        return self.dense2(self.dropout(F.relu(self.dense1(self.dropout(grid.mean((2, 3)))))))

    def forward(self, x):
        return self.head(self.grid(x))


class Exported(nn.Module):
    """What is shipped: logits [N, C], exact Grad-CAM maps [N, C, h, w], features [N, hidden], means [N, K].

    Grad-CAM (Selvaraju 2017) weighs each channel by the mean over the grid of the logit's gradient.
    For mean -> Dense -> ReLU -> Dense that gradient is ((z > 0) * W2) W1 / (h w), the same at every
    place of the grid, so it is written out and no autograd is needed.
    """

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        grid = self.net.grid(x)
        pooled = grid.mean((2, 3))
        z = self.net.dense1(pooled)
        hidden = F.relu(z)
        logits = self.net.dense2(hidden)
        gate = (z > 0).to(z.dtype).unsqueeze(1) * self.net.dense2.weight.unsqueeze(0)
        alpha = gate @ self.net.dense1.weight / (grid.shape[2] * grid.shape[3])
        maps = F.relu(alpha @ grid.flatten(2)).reshape(-1, alpha.shape[1], grid.shape[2], grid.shape[3])
        return logits, maps, hidden, pooled


def load_pretrained(net, path):
    """Puts the ImageNet weights into the feature extractor; every layer must be found."""
    from safetensors.torch import load_file

    found = {k.removeprefix("features."): v.float() for k, v in load_file(path).items() if k.startswith("features.")}
    wanted = net.features.state_dict()
    missing = [k for k in wanted if k not in found and not k.endswith("num_batches_tracked")]
    if missing:
        raise SystemExit(f"pretrained weights lack {missing[:3]} ...")
    net.features.load_state_dict({k: found.get(k, v) for k, v in wanted.items()})
    return net


def from_graph(path, classes, **shape):
    """The torch network with the weights of a shipped graph, where batch norms are folded into the convolutions.

    It lets anybody compare the graph with torch without having trained it.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    stored = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    convolutions = [[stored[name] for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"]
    net = Classifier(classes, **shape).eval()
    for conv, norm in zip(*([m for m in net.features.modules() if isinstance(m, kind)] for kind in (nn.Conv2d, nn.BatchNorm2d))):
        weight, bias = convolutions.pop(0)
        conv.weight.data = weight
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.data.fill_(1)
        norm.bias.data = bias
    for layer, name in ((net.dense1, "dense1"), (net.dense2, "dense2")):
        for part in ("weight", "bias"):
            getattr(layer, part).data = next(v for k, v in stored.items() if k.endswith(f"{name}.{part}"))
    return net
