# SPDX-License-Identifier: BSL-1.0
"""Makes the models of this folder: python3 make.py, with Keras 3.16 and any backend of it.

Each is saved as <name>.keras with weights drawn at random, and <name>_x.csv and <name>_y.csv are
inputs and what Keras predicts for them. A line is a row: tensors of several axes lie in it one element
behind the other, and so do several inputs or outputs of a model."""
import os

import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(18)


def save(model, rows=48, predict=None):
    """Draws all weights, those of statistics as well, and writes three files."""
    for layer in model.layers:
        if not layer.weights:
            continue
        values = []
        for weight in layer.weights:
            shape, name = tuple(weight.shape), weight.name
            if name == "count":
                values.append(np.zeros(shape))
            elif "variance" in name:
                values.append(rng.uniform(0.5, 2, shape))
            elif name == "gamma" or name == "scale":
                values.append(rng.uniform(0.5, 1.5, shape))
            else:
                values.append(rng.normal(0, 0.5, shape))
        layer.set_weights([v.astype(np.float32) for v in values])
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()
    model.save(f"{model.name}.keras")
    x = [rng.normal(0, 1.5, (rows, *i.shape[1:])).astype(np.float32) for i in model.inputs]
    y = predict(model, x[0]) if predict else model.predict(x if len(x) > 1 else x[0], verbose=0)
    y = y if isinstance(y, list) else [y]
    print(f"{model.name}: {model.count_params()} weights")
    flat = [each.reshape(rows, -1) for each in x]
    np.savetxt(f"{model.name}_x.csv", np.concatenate(flat, 1), fmt="%.9g", delimiter=",")
    flat = [each.reshape(rows, -1) for each in y]
    np.savetxt(f"{model.name}_y.csv", np.concatenate(flat, 1), fmt="%.9g", delimiter=",")


def normalisations():
    return keras.Sequential([
        layers.Input((12,), name="numbers"),
        layers.Normalization(),
        layers.Rescaling(0.5, offset=-0.25),
        layers.Dense(16, use_bias=False),
        layers.BatchNormalization(),  # into the product before it
        layers.Activation("relu6"),
        layers.Dense(16),
        layers.LayerNormalization(),
        layers.Activation("tanh"),
        layers.Dropout(0.5),
        layers.Dense(16),
        layers.BatchNormalization(scale=False),
        layers.RMSNormalization(),
        layers.BatchNormalization(center=False),  # behind no product
        layers.GaussianNoise(0.1),
        layers.Dense(16, "elu"),
        layers.LayerNormalization(center=False, epsilon=0.01),
        layers.UnitNormalization(),
        layers.LayerNormalization(scale=False),
        layers.Normalization(mean=[0.5] * 16, variance=[4.0] * 16),
        layers.Normalization(axis=None, mean=0.25, variance=0.5, invert=True),
        layers.Dense(5, "softmax"),
    ], name="normalisations")


def merges():
    x = layers.Input((8,), name="x")
    a = layers.Dense(8, "tanh", name="a")(x)
    b = layers.Dense(8, name="b")(x)
    c = layers.Add()([a, b, x])
    d = layers.Subtract()([b, layers.Activation("silu")(c)])
    e = layers.Multiply()([c, d])
    f = layers.Average()([a, d, e])
    g = layers.Maximum()([f, b])
    h = layers.Minimum()([g, layers.ReLU(max_value=2)(d)])
    twice = layers.Dense(8, "sigmoid", name="called_twice")
    i = layers.Concatenate()([twice(h), x, twice(e), layers.Dense(3, name="narrow")(h)])
    j = layers.Dense(8, name="wide")(i)
    k = j * 2.0 + x - 0.5  # operations, and numbers
    k = 1.0 - keras.ops.maximum(k, 0.25)
    k = layers.Multiply()([k, layers.Dot(axes=1)([a, h])])
    residual = layers.Add()([layers.Dense(8, name="last")(k), k])
    return keras.Model(x, layers.Dense(4, "softmax")(residual), name="merges")


def shapes():
    x = layers.Input((6, 4), name="sequence")
    a = layers.Dense(8, "gelu")(x)
    a = layers.PReLU(shared_axes=[1])(a)
    b = layers.PReLU()(layers.Dense(8)(x))
    c = layers.Softmax(axis=1)(a)
    d = layers.Permute((2, 1))(b)
    e = layers.Permute((2, 1))(layers.Activation("tanh")(d))
    f = layers.Concatenate(axis=1)([c, e, a])  # (18, 8)
    f = layers.BatchNormalization(axis=1)(f)
    f = layers.LayerNormalization(epsilon=0.1)(f)
    means = layers.GlobalAveragePooling1D(keepdims=True)(f)
    largest = layers.GlobalMaxPooling1D()(f)
    g = layers.Multiply()([f, means])  # (18, 8) by (1, 8)
    g = layers.Subtract()([g, largest])  # (18, 8) by (8)
    g = layers.SpatialDropout1D(0.2)(g)
    h = layers.Reshape((-1, 16))(g)  # (9, 16)
    j = layers.Flatten()(layers.Dense(3, "softmax")(h))
    k = layers.Flatten()(x)
    return keras.Model(x, layers.Dense(6)(layers.Concatenate()([j, k, largest])), name="shapes")


def activations():
    """Every activation by its identifier, as an operation, as a layer with parameters, and as the
    activation of a Dense in the serialised form of a layer."""
    x = layers.Input((6,), name="x")
    names = ["celu", "elu", "exponential", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu",
             "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax",
             "mish", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax",
             "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "squareplus", "swish", "tanh",
             "tanh_shrink"]
    made = [layers.Activation(name)(x) for name in names]
    a = keras.activations
    made += [a.gelu(x, approximate=True), a.gelu(x), a.celu(x, alpha=0.5), a.elu(x, alpha=0.3),
             a.relu(x, negative_slope=0.1, max_value=2, threshold=0.5), a.softmax(x),
             a.log_sigmoid(x), a.hard_shrink(x, threshold=0.7), a.squareplus(x, b=2),
             a.leaky_relu(x, negative_slope=0.4), a.threshold(x, 0.3, -1.0)]
    made += [layers.LeakyReLU()(x), layers.ReLU(6.0, negative_slope=0.1)(x), layers.ELU(0.5)(x),
             layers.Softmax()(x)]
    made += [layers.Dense(6, activation=layers.LeakyReLU(0.15))(x),
             layers.Dense(6, activation=layers.ReLU(max_value=1.5))(x),
             layers.Dense(6, activation=a.mish)(x)]
    return keras.Model(x, layers.Concatenate()(made), name="activations")


def several():
    x = layers.Input((5,), name="first")
    y = layers.Input((3, 2), name="second")
    a = layers.Dense(4, "tanh", name="hidden")(layers.Concatenate()([x, layers.Flatten()(y)]))
    b = layers.Dense(2, "sigmoid", name="small")(a)
    # An input and a reshaped value are outputs as well.
    return keras.Model([x, y], [b, layers.Reshape((2, 2))(a), x], name="several")


def images():
    x = layers.Input((4, 5, 3), name="pixels")
    a = layers.Dense(6, "relu")(x)
    a = layers.SpatialDropout2D(0.5)(a)
    b = layers.PReLU(shared_axes=[1, 2])(layers.Dense(6)(a))
    c = layers.GlobalAveragePooling2D()(b)
    d = layers.GlobalMaxPooling2D(keepdims=True)(a)
    return keras.Model(x, layers.Add()([c, layers.Reshape((6,))(d)]), name="images")


def convolutions():
    return keras.Sequential([
        layers.Input((12, 3), name="samples"),
        layers.Conv1D(5, 3, activation="relu"),
        layers.Conv1D(6, 2, padding="causal", activation="tanh"),
        layers.Conv1D(6, 3, padding="same"),
        layers.BatchNormalization(),  # into the product before it
        layers.MaxPooling1D(2),
        layers.PReLU(shared_axes=[1]),
        layers.Conv1D(4, 3, strides=2, padding="same", use_bias=False),
        layers.AveragePooling1D(2, strides=1),
        layers.Conv1D(4, 1, activation="softmax"),
        layers.Flatten(),
    ], name="convolutions")


def by_loops(model, x):
    """What convolutions predicts: Keras's backend of NumPy has no convolution without JAX."""
    y = x.astype(np.float64)
    for layer in model.layers:
        name, weights = type(layer).__name__, [w.astype(np.float64) for w in layer.get_weights()]
        if name == "Conv1D":
            kernel, step = weights[0], layer.strides[0]
            size, length = kernel.shape[0], y.shape[1]
            if layer.padding == "causal":
                y = np.pad(y, ((0, 0), (size - 1, 0), (0, 0)))
            elif layer.padding == "same":
                zeros = max((-(-length // step) - 1) * step + size - length, 0)
                y = np.pad(y, ((0, 0), (zeros // 2, zeros - zeros // 2), (0, 0)))
            y = np.stack([np.einsum("rkc,kcf->rf", y[:, t:t + size], kernel)
                          for t in range(0, y.shape[1] - size + 1, step)], 1)
            y = y + (weights[1] if layer.use_bias else 0)
            activation = layer.activation.__name__
            if activation == "softmax":
                y = np.exp(y - y.max(-1, keepdims=True))
                y = y / y.sum(-1, keepdims=True)
            else:
                y = {"relu": lambda v: np.maximum(v, 0), "tanh": np.tanh,
                     "linear": lambda v: v}[activation](y)
        elif name == "BatchNormalization":
            gamma, beta, mean, variance = weights
            y = (y - mean) / np.sqrt(variance + layer.epsilon) * gamma + beta
        elif name == "PReLU":
            y = np.where(y >= 0, y, weights[0] * y)
        elif name in ("MaxPooling1D", "AveragePooling1D"):
            size, step = layer.pool_size[0], layer.strides[0]
            reduce = np.max if name == "MaxPooling1D" else np.mean
            y = np.stack([reduce(y[:, t:t + size], 1)
                          for t in range(0, y.shape[1] - size + 1, step)], 1)
        else:
            assert name == "Flatten"
            y = y.reshape(len(y), -1)
    return y


os.chdir(os.path.dirname(os.path.abspath(__file__)))
for make in normalisations, merges, shapes, activations, several, images:
    save(make())
save(convolutions(), predict=by_loops)
