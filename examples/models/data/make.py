# SPDX-License-Identifier: BSL-1.0
"""Makes the two networks of this folder: python3 make.py, with NumPy and h5py.

Each imitates a function that is written here. The first layer is drawn at random, the last one is
fitted by least squares, so there is nothing to train, and the weights come out the same each time but
for their last digits. They are written as Keras 3 writes them: model.to_json(), model.save_weights()."""
import json

import h5py
import numpy as np

rng = np.random.default_rng(18)

LEVELS = 16
EMISSIVITY = 0.12
SIGMA = 5.670374e-8
# Kelvin a day for one watt per square metre, in a layer that is a sixteenth of the atmosphere.
KELVIN_PER_DAY = 86400 / (1004 * 101325 / 9.81 / LEVELS)


def heating(columns):
    """Grey radiation: Kelvin a day in each level, from temperatures of levels (from the ground up)
    and of the ground behind them. The program column_model.f90 has the same."""
    emitted = EMISSIVITY * SIGMA * columns[:, :LEVELS] ** 4
    up = SIGMA * columns[:, LEVELS] ** 4
    absorbed = np.zeros_like(emitted)
    for level in range(LEVELS):
        absorbed[:, level] += EMISSIVITY * up
        up = (1 - EMISSIVITY) * up + emitted[:, level]
    down = np.zeros_like(up)
    for level in reversed(range(LEVELS)):
        absorbed[:, level] += EMISSIVITY * down
        down = (1 - EMISSIVITY) * down + emitted[:, level]
    return (absorbed - 2 * emitted) * KELVIN_PER_DAY


def profiles(rows):
    """Columns as they may be: colder upwards, smooth, with a ground that differs from the air."""
    height = np.linspace(0, 1, LEVELS)
    ground = rng.uniform(235, 315, (rows, 1))
    lapse = rng.uniform(20, 110, (rows, 1))
    waves = sum(rng.normal(0, 6 / k, (rows, 1)) * np.sin(np.pi * k * height + rng.uniform(0, 7, (rows, 1)))
                for k in range(1, 5))
    air = ground + rng.normal(0, 5, (rows, 1)) - lapse * height + waves
    air += rng.normal(0, 1, (rows, LEVELS))
    return np.clip(np.concatenate([air, ground], 1), 150, 330)


TAPS = 8
FILTER = np.array([0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.3])  # the newest sample is the last


def overdrive(windows):
    """A valve that is overdriven: the last samples weighed, then bent more above than below. The
    program audio_effect.cpp has the same."""
    driven = 2 * windows @ FILTER
    return np.tanh(driven + 0.3) - np.tanh(0.3)


def windows(rows):
    """Samples that follow each other: sines of all pitches, and noise, at any loudness."""
    time = np.arange(TAPS)
    pitch = rng.uniform(0.005, 1.5, (rows, 3, 1))
    sines = np.sin(pitch * time + rng.uniform(0, 7, (rows, 3, 1))) * rng.uniform(0, 1, (rows, 3, 1))
    noise = rng.normal(0, 0.1, (rows, TAPS)) * rng.uniform(0, 1, (rows, 1))
    return np.clip(sines.sum(1) * rng.uniform(0, 1, (rows, 1)) + noise, -1, 1)


def layer(class_name, **config):
    return {"module": "keras.layers", "class_name": class_name, "config": config,
            "registered_name": None}


def dense(name, units, activation):
    return layer("Dense", name=name, trainable=True, units=units, activation=activation, use_bias=True)


def save(name, columns, layers, weights):
    """<name>.json and <name>.weights.h5."""
    whole = [None, columns]
    inputs = layer("InputLayer", name="inputs", batch_shape=whole, dtype="float32")
    model = {"module": "keras", "class_name": "Sequential",
             "config": {"name": name, "layers": [inputs, *layers], "build_input_shape": whole},
             "registered_name": None}
    with open(f"{name}.json", "w") as file:
        json.dump(model, file, indent=1)
        file.write("\n")
    with h5py.File(f"{name}.weights.h5", "w", libver="latest") as file:
        for group, arrays in weights.items():
            variables = file.create_group(f"layers/{group}/vars", track_order=False)
            for i, array in enumerate(arrays):
                variables.create_dataset(str(i), data=np.asarray(array, np.float32))


def fit(inputs, wanted, kernel, bias):
    """The last layer: what the first one gives, weighed and added up."""
    hidden = np.tanh(inputs @ kernel + bias)
    hidden = np.concatenate([hidden, np.ones((len(hidden), 1))], 1)
    # A little of the weights' own size is in the sum of squares, so that none is large.
    square = hidden.T @ hidden + 1e-6 * len(hidden) * np.eye(hidden.shape[1])
    solution = np.linalg.solve(square, hidden.T @ wanted)
    error = np.abs(hidden @ solution - wanted)
    print(f"  largest error {error.max():.3g}, mean {error.mean():.3g}, of {np.abs(wanted).max():.3g}; "
          f"weights up to {np.abs(solution).max():.3g}")
    return solution[:-1], solution[-1]


def radiation(units=32):
    columns = profiles(20000)
    scale, offset = 0.02, -5.0
    inputs = columns * scale + offset
    kernel = rng.normal(0, 0.5 / np.sqrt(LEVELS), (LEVELS + 1, units))
    bias = rng.normal(0, 0.5, units)
    print("radiation")
    last = fit(inputs, heating(columns), kernel, bias)
    save("radiation", LEVELS + 1,
         [layer("Rescaling", name="kelvin", scale=scale, offset=offset),
          dense("hidden", units, "tanh"), dense("heating", LEVELS, "linear")],
         {"dense": (kernel, bias), "dense_1": last})


def amplifier(units=16):
    samples = windows(20000)
    # Each unit looks along the filter and a little beside it, and bends at another level.
    kernel = 2 * FILTER[:, None] * rng.uniform(0.5, 1.5, units) + rng.normal(0, 0.02, (TAPS, units))
    bias = rng.uniform(-1.5, 1.5, units)
    print("amplifier")
    last = fit(samples, overdrive(samples)[:, None], kernel, bias)
    save("amplifier", TAPS,
         [dense("valves", units, "tanh"), dense("mixed", 1, "linear")],
         {"dense": (kernel, bias), "dense_1": last})


radiation()
amplifier()
