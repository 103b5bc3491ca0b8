#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the headers of coefficients in include/fusor/simd/math: polynomials fitted with mpmath.

Each polynomial interpolates its function at Chebyshev nodes, which is within a small factor of the
best approximation. Run: python3 docs/coefficients.py [topic] | clang-format >
include/fusor/simd/math/[topic_]coefficients.hpp, where the topic is nothing, pieces_32, pieces_8,
pieces_16, tail_pieces_16, zeros, relaxed, power or trigonometric.
"""
import struct
import sys

import mpmath as mp

mp.mp.dps = 60


def to_float(value):
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def fit(function, low, high, degree):
    """Monomial coefficients, lowest first, and the largest error relative to the function."""
    low, high = mp.mpf(low), mp.mpf(high)
    middle, half = (low + high) / 2, (high - low) / 2
    count = degree + 1
    nodes = [middle + half * mp.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    matrix = mp.matrix(count, count)
    values = mp.matrix(count, 1)
    for i, node in enumerate(nodes):
        values[i] = function(node)
        for j in range(count):
            matrix[i, j] = node**j
    solution = mp.lu_solve(matrix, values)
    coefficients = [solution[j] for j in range(count)]
    worst = mp.mpf(0)
    for k in range(401):
        point = low + (high - low) * k / 400
        exact = function(point)
        got = mp.polyval(coefficients[::-1], point)
        worst = max(worst, abs((got - exact) / exact))
    return coefficients, worst


def fit_from_middle(function, low, high, degree):
    """The same with the value at 0 exactly, and the error relative to the largest value."""
    middle = function(mp.mpf(0))
    coefficients, worst = fit(near(mp.mpf(10)**-20, lambda w: (function(w) - middle) / w,
                                   mp.diff(function, 0)), low, high, degree - 1)
    return [middle] + coefficients, worst


def near(limit, function, value):
    """The function, with its limit where the formula would divide 0 by 0."""
    return lambda r: value if abs(r) < limit else function(r)


def exponential(r):
    return (mp.expm1(r) - r) / r**2


def logarithm(f):
    return (mp.log1p(f) - f + f**2 / 2) / f**3


def error_function(s):
    return mp.erf(mp.sqrt(s)) / mp.sqrt(s)


def shrink(s):
    root = mp.sqrt(s)
    return (root - mp.tanh(root)) / (root * s)


def hyperbolic_tangent(s):
    root = mp.sqrt(s)
    return (mp.tanh(root) - root) / (root * s)


def logarithm_of_fraction(e):
    return (mp.log1p(e) - e) / e**2


def hyperbolic_sine(s):
    root = mp.sqrt(s)
    return (mp.sinh(root) - root) / (root * s)


def log_hyperbolic_cosine(s):
    return mp.log(mp.cosh(mp.sqrt(s))) / s


def power_of_two(r):
    return mp.expm1(r * mp.log(2)) / r


def logarithm_to(base):
    return lambda f: (mp.log1p(f) - f) / f**2 / mp.log(base)


def less_identity(function):
    """(function(t) - t) / t^3 over s = t^2."""

    def at(s):
        root = mp.sqrt(s)
        return (function(root) - root) / (root * s)

    return at


def cosine(s):
    return (mp.cos(mp.sqrt(s)) - 1) / s


def scaled_tail(c, largest, factor, unit):
    """factor erfc(u) e^(u^2) (t + c) with u = t unit, over w = 1 - 2 c / (t + c)."""

    def at(w):
        t = c * (1 + w) / (1 - w)
        u = t * unit
        return factor * mp.exp(u * u) * mp.erfc(u) * (t + c)

    return at, mp.mpf(-1), 1 - 2 * c / (largest + c)


def piece(function, start, end, degree, unit=None, rounded=to_float, zero=None):
    """A point of few digits near the middle where the value is nearly a float, and the coefficients
    over the distance from it; at 0, where the value is 0, the point is 0. `zero` is the point of the
    piece that it is in."""
    middle = (start + end) / 2
    node, at_node = mp.mpf(0), mp.mpf(0)
    if zero is not None and start <= zero < end:
        node, at_node = zero, function(zero)
    elif start > 0 or function(mp.mpf(0)) != 0:
        candidates = [mp.mpf(int(mp.nint(middle * 2**12)) + i) / 2**12 for i in range(-40, 41)]
        candidates = [c for c in candidates if start <= c <= end]
        values = {c: function(c) for c in candidates}
        node = min(candidates, key=lambda c: abs(mp.mpf(rounded(values[c])) - values[c]))
        at_node = values[node]
    if at_node == 0 and node != 0:
        return node, [mp.mpf(0)] * (degree + 1), mp.mpf(0)
    slope, _ = fit(lambda t: (function(t) - at_node) / (t - node) if t != node
                   else mp.diff(function, node), start, end, degree - 1)
    # From powers of t to those of t - node.
    shifted = [sum(slope[j] * mp.binomial(j, i) * node ** (j - i) for j in range(i, degree))
               for i in range(degree)]
    coefficients = [at_node] + shifted
    worst = max(abs((mp.polyval(coefficients[::-1], t - node) - function(t)) / (unit or function(t)))
                for t in [start + (end - start) * mp.mpf(k) / 64 for k in range(1, 64)])
    return node, coefficients, max(worst, abs(rounded(at_node) - at_node) / (unit or function(middle)))


# Of a type, for as many pieces: how its bits are packed, and how far those of an index are shifted.
piece_types = {32: ("float", "<f", "<I", 20), 8: ("float", "<f", "<I", 22),
               16: ("double", "<d", "<Q", 50)}


def emit_pieces(name, count, degree, function, offset, less=0, unit=None, line=0):
    """As many intervals of t, by the last bits of the exponent and the first digits of t + offset.
    `less` is subtracted from the first power's coefficients, so that those at 0 need fewer digits.
    With `line` the function less line * t at the points is a row as well, and its zero is a point."""
    kind, real, whole, shift = piece_types[count]
    nodes, worst = [mp.mpf(0)] * count, mp.mpf(0)
    rows = [[mp.mpf(0)] * count for _ in range(degree + 1)]
    round_to = to_float if kind == "float" else float
    beside = [mp.mpf(0)] * count
    zero = mp.mpf(round_to(mp.findroot(lambda t: function(t) - line * t, 0.75))) if line else None
    bits = struct.unpack(whole, struct.pack(real, float(offset)))[0] >> shift
    for index in range(bits, bits + count):
        start, end = (mp.mpf(struct.unpack(real, struct.pack(whole, i << shift))[0]) - offset
                      for i in (index, index + 1))
        node, coefficients, error = piece(function, start, end, degree, unit, round_to, zero)
        nodes[index % count] = node
        beside[index % count] = coefficients[0] - line * node
        coefficients[1] -= less
        for row, value in zip(rows, coefficients):
            row[index % count] = value
        worst = max(worst, error)
    width = 6 if kind == "float" else 4
    print("template <>")
    print(f"struct {name}<{count}> {{")
    print(f"// up to {float(end)}, error 2^{float(mp.log(worst, 2)):.1f}")
    print(f"static constexpr double offset = {float(offset)};")
    print(f"static constexpr bool is_less_one = {'true' if less else 'false'};")
    print(f"alignas(64) static constexpr {kind} node[{count}] = {{")
    emit_rows([number(value, kind) for value in nodes], width)
    print("};")
    print(f"alignas(64) static constexpr {kind} coefficients[{degree + 1}][{count}] = {{")
    for row in rows:
        print("{")
        emit_rows([number(value, kind) for value in row], width)
        print("},")
    print("};")
    if line:
        print("/// What the function has beyond the line at each point.")
        print(f"alignas(64) static constexpr {kind} beyond_line[{count}] = {{")
        emit_rows([number(value, kind) for value in beside], width)
        print("};")
    print("};")
    print(f"{name} {count} done", file=sys.stderr)


def declare_pieces(name, meaning):
    print()
    print(f"/// {meaning}.")
    print("template <int Count>")
    print(f"struct {name};")


root_2 = mp.sqrt(2)
normal_density = 1 / mp.sqrt(2 * mp.pi)
# Offsets, of which four octaves are divided, and degrees, by the number of pieces.
piece_tables = {
    "tanh_pieces": ("tanh(t)", mp.tanh, 0, {32: ("0.75", 5), 8: ("0.75", 8), 16: ("1.5", 15)}),
    "erf_pieces": ("erf(t)", mp.erf, 1, {32: ("0.5", 5), 8: ("0.375", 8), 16: ("0.5", 14)}),
    "erfc_tail_pieces": ("erfc(t) e^(t^2)", lambda t: mp.erfc(t) * mp.exp(t * t), 0,
                         {32: ("0.75", 5), 8: ("0.75", 8), 16: ("2", 15)}),
    # Beside it normal_density t, so that gelu_slope(-t) = e^(-t^2 / 2) (this - normal_density t).
    "normal_tail_pieces": ("normal_cdf(-t) e^(t^2 / 2)",
                           lambda t: mp.erfc(t / root_2) * mp.exp(t * t / 2) / 2, 0,
                           {32: ("1.625", 5), 8: ("1.84375", 8), 16: ("4.8125", 16)}),
}


def emit_piece_tables(count, names):
    print()
    print("/// Polynomials over t - node for `Count` intervals: coefficients of the powers from 0 up, that")
    print("/// of the first less one if the table says so.")
    for name in names:
        meaning, function, less, by_count = piece_tables[name]
        offset, degree = by_count[count]
        declare_pieces(name, meaning)
        emit_pieces(name, count, degree, function, mp.mpf(offset), less,
                    line=normal_density if name == "normal_tail_pieces" else 0)


def relaxed_tail(w):
    t = 4 / (1 - w) - 2
    return mp.erfc(t / mp.sqrt(2)) * mp.exp(t * t / 2) / 2


tiny = mp.mpf(10) ** -18
half_ln2 = mp.log(2) / 2 + mp.mpf("0.002")
fits = [
    ("exp_tail", "(e^r - 1 - r) / r^2 for |r| <= ln(2) / 2",
     near(tiny, exponential, mp.mpf(1) / 2), -half_ln2, half_ln2, 5, 10),
    ("log_tail", "(log(1 + f) - f + f^2 / 2) / f^3 for 1 + f in [sqrt(1/2), sqrt(2)]",
     near(tiny, logarithm, mp.mpf(1) / 3), mp.sqrt(2) / 2 - 1, mp.sqrt(2) - 1, 8, 20),
    ("log1p_fraction", "(log(1 + e) - e) / e^2 over v = e - 1 / 2 in [-1/2, 1/2]",
     lambda v: near(tiny, logarithm_of_fraction, -mp.mpf(1) / 2)(v + mp.mpf(1) / 2),
     -mp.mpf(1) / 2, mp.mpf(1) / 2, 9, 20),
    ("erf_center", "erf(x) / x - 1 over s = x^2 in [0, 1]",
     near(tiny, error_function, 2 / mp.sqrt(mp.pi)), 0, 1, 6, 13),
    ("tanh_shrink_center", "(x - tanh(x)) / x^3 over s = x^2 in [0, 1]",
     near(tiny, shrink, mp.mpf(1) / 3), 0, 1, 7, 15),
    ("tanh_center", "(tanh(x) - x) / x^3 over s = x^2 in [0, 0.31]",
     near(tiny, hyperbolic_tangent, -mp.mpf(1) / 3), 0, mp.mpf("0.31"), 4, 10),
    ("sinh_center", "(sinh(x) - x) / x^3 over s = x^2 in [0, 4]",
     near(tiny, hyperbolic_sine, mp.mpf(1) / 6), 0, 4, 4, 8),
    ("log_cosh_center", "log(cosh(x)) / x^2 over s = x^2 in [0, 1]",
     near(tiny, log_hyperbolic_cosine, mp.mpf(1) / 2), 0, 1, 6, 15),
]
relaxed_fits = [
    ("relaxed_log1p_fraction", "(log(1 + e) - e) / e^2 over v = e - 1 / 2 in [-1/2, 1/2]",
     lambda v: near(tiny, logarithm_of_fraction, -mp.mpf(1) / 2)(v + mp.mpf(1) / 2),
     -mp.mpf(1) / 2, mp.mpf(1) / 2, 8, 20),
    ("relaxed_normal_tail",
     "normal_cdf(-t) e^(t^2 / 2) over w = 1 - 4 / (t + 2) for t up to 7.25, or 9.25",
     relaxed_tail, -1, mp.mpf("0.645"), 8, 24),
]
tails = [
    ("erfc_tail",
     "erfc(t) e^(t^2) (t + c) over w = 1 - 2 c / (t + c) with c = 2; the first coefficient in two",
     mp.mpf(2), mp.mpf(1), mp.mpf(1), (("float", 11, 10), ("double", 28, 28))),
    ("normal_tail",
     "normal_cdf(-t) e^(t^2 / 2) (t + c) over w = 1 - 2 c / (t + c) with c = 2; the first in two",
     mp.mpf(2), mp.mpf(1) / 2, 1 / root_2, (("float", 20, 12), ("double", 55, 31))),
]


def number(value, kind):
    text = to_float(value).hex() if kind == "float" else float(value).hex()
    mantissa, exponent = text.split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{int(exponent):+d}{'f' if kind == 'float' else ''}"


def emit(name, kind, coefficients, worst):
    print(f"// error 2^{float(mp.log(worst, 2)):.1f}")
    print("template <>")
    print(f"inline constexpr {kind} {name}<{kind}>[] = {{")
    line = "   "
    for value in coefficients:
        piece = " " + number(value, kind) + ","
        if len(line) + len(piece) > 100:
            print(line)
            line = "   "
        line += piece
    print(line)
    print("};")


def declare(name, meaning):
    print()
    print(f"/// {meaning}, lowest power first.")
    print("template <class T>")
    print(f"inline constexpr T {name}[1] = {{}};")


def emit_rows(pieces, width):
    for i in range(0, len(pieces), width):
        print("    " + ", ".join(pieces[i:i + width]) + ("," if i + width < len(pieces) else ""))


# Found by trying: the powers of 2^(1/16), and of 2^(1/8), times e^this are nearest to floats. It is
# more than 0, so that a little more than e^0 is the sum of 1 and of something less than that.
step_scales = {16: mp.mpf("0.0100269246374971033"), 8: mp.mpf("0.0267558621199789522")}


def step_bits(steps):
    """The bits of the steps of one power of 2, less those that i adds in the exponent."""
    shift = 23 - (len(steps).bit_length() - 1)
    return [f"0x{struct.unpack('<I', struct.pack('<f', step))[0] - (i << shift):08x}"
            for i, step in enumerate(steps)]


def emit_steps(count, degree):
    """Powers of 2^(1/count), scaled so that all are nearly floats, and the polynomial beside them."""
    scale = step_scales[count]
    scaled = [mp.exp(scale) * mp.mpf(2) ** (mp.mpf(i) / count) for i in range(count)]
    steps = [to_float(step) for step in scaled]
    worst_step = max(abs(step - exact) / exact for step, exact in zip(steps, scaled))
    print("template <>")
    print(f"struct exp_steps<{count}> {{")
    print(f"// error 2^{float(mp.log(worst_step, 2)):.1f}")
    print(f"alignas(64) static constexpr std::int32_t bits[{count}] = {{")
    emit_rows(step_bits(steps), 8)
    print("};")
    half = mp.log(2) / (2 * count) + mp.mpf("0.0001")
    coefficients, worst = fit(lambda r: mp.exp(r - scale), -half, half, degree)
    coefficients[0] -= 1
    at_0 = to_float(coefficients[0])
    assert to_float(steps[0] + steps[0] * mp.mpf(at_0)) == 1
    print(f"// error 2^{float(mp.log(worst, 2)):.1f}")
    print("static constexpr float tail[] = {")
    emit_rows([number(value, "float") for value in coefficients], degree + 1)
    print("};")
    if worst_step > 2**-27:
        lows = [coefficients[0] + (exact - step) / step for step, exact in zip(steps, scaled)]
        print(f"alignas(64) static constexpr float low[{count}] = {{")
        emit_rows([number(low, "float") for low in lows], 5)
        print("};")
    print("};")


def emit_expm1_steps(count):
    """Powers of 2^(1/count) of 20 bits, what their logarithms lack, and the polynomial beside."""
    exact = [mp.mpf(2) ** (mp.mpf(i) / count) for i in range(count)]
    steps = [float(mp.nint(step * 2**19) / 2**19) for step in exact]
    half = mp.log(2) / (2 * count) + mp.mpf("0.0001")
    coefficients, worst = fit(near(tiny, exponential, mp.mpf(1) / 2), -half, half, 2)
    print("template <>")
    print(f"struct expm1_steps<{count}> {{")
    print(f"alignas(64) static constexpr std::int32_t bits[{count}] = {{")
    emit_rows(step_bits(steps), 8)
    print("};")
    print(f"alignas(64) static constexpr float low[{count}] = {{")
    lows = [number(mp.log(whole / step), "float") for whole, step in zip(exact, steps)]
    emit_rows(lows, 5)
    print("};")
    print(f"// error 2^{float(mp.log(worst, 2)):.1f}")
    print("static constexpr float tail[] = {")
    emit_rows([number(value, "float") for value in coefficients], 3)
    print("};")
    print("};")


def emit_all_steps():
    print()
    print("/// e^r by `count` steps of 2: in `bits` those of 2^(i / count) e^c, less those that i adds")
    print("/// where it is moved to the exponent, where c is such that all are nearly floats; in `tail`")
    print("/// the coefficients of e^(r - c) - 1 for |r| <= ln(2) / (2 count), lowest power first, such")
    print("/// that e^0 is 1 exactly; in `low` the first of them together with what step i lacks,")
    print("/// relative, if that matters.")
    print("template <int Count>")
    print("struct exp_steps;")
    emit_steps(16, 3)
    emit_steps(8, 4)
    print()
    print("/// The same for e^r - 1: in `bits` steps of so few bits that 1 less one of them is exact, in")
    print("/// `low` what their logarithms lack, in `tail` the coefficients of (e^r - 1 - r) / r^2 for")
    print("/// |r| <= ln(2) / (2 count).")
    print("template <int Count>")
    print("struct expm1_steps;")
    emit_expm1_steps(16)
    emit_expm1_steps(8)


power_fits = [
    ("exp2_tail", "(2^r - 1) / r for |r| <= 1 / 2",
     near(tiny, power_of_two, mp.log(2)), -mp.mpf("0.5005"), mp.mpf("0.5005"), 5, 10),
    ("log2_tail", "(log2(1 + f) - f / ln(2)) / f^2 for 1 + f in [sqrt(1/2), sqrt(2)]",
     near(tiny, logarithm_to(2), -1 / (2 * mp.log(2))), mp.sqrt(2) / 2 - 1, mp.sqrt(2) - 1, 8, 19),
    ("log10_tail", "(log10(1 + f) - f / ln(10)) / f^2 for 1 + f in [sqrt(1/2), sqrt(2)]",
     near(tiny, logarithm_to(10), -1 / (2 * mp.log(10))), mp.sqrt(2) / 2 - 1, mp.sqrt(2) - 1, 8, 19),
    ("inverse_cbrt", "1 / cbrt(m) for m in [1, 2]", lambda m: m ** (-mp.mpf(1) / 3), 1, 2, 5, 5),
    ("pow_log_tail", "(log(1 + f) - f + f^2 / 2) / f^3 for |f| < 0.0335",
     near(tiny, logarithm, mp.mpf(1) / 3), -mp.mpf("0.0335"), mp.mpf("0.0335"), 3, 8),
]
trigonometric_fits = [
    ("sin_tail", "(sin(r) - r) / r^3 over s = r^2 in [0, 0.64]",
     near(tiny, less_identity(mp.sin), -mp.mpf(1) / 6), 0, mp.mpf("0.64"), 3, 6),
    ("cos_tail", "(cos(r) - 1) / r^2 over s = r^2 in [0, 0.64]",
     near(tiny, cosine, -mp.mpf(1) / 2), 0, mp.mpf("0.64"), 3, 6),
    ("atan_tail", "(atan(t) - t) / t^3 over s = t^2 in [0, 1]",
     near(tiny, less_identity(mp.atan), -mp.mpf(1) / 3), 0, 1, 9, 20),
    ("asinh_tail", "(asinh(x) - x) / x^3 over s = x^2 in [0, 1/4]",
     near(tiny, less_identity(mp.asinh), -mp.mpf(1) / 6), 0, mp.mpf(1) / 4, 4, 11),
]


def emit_fits(rows):
    for name, meaning, function, low, high, degree_float, degree_double in rows:
        declare(name, meaning)
        for kind, degree in (("float", degree_float), ("double", degree_double)):
            coefficients, worst = fit(function, low, high, degree)
            if name == "erf_center":
                coefficients[0] -= 1
            emit(name, kind, coefficients, worst)
            print(f"{name} {kind} done", file=sys.stderr)


def emit_table(name, meaning, rows):
    print()
    print(f"/// {meaning}.")
    print("template <class T>")
    print(f"inline constexpr T {name}[1] = {{}};")
    for kind, values in rows:
        print("template <>")
        print(f"alignas(64) inline constexpr {kind} {name}<{kind}>[] = {{")
        emit_rows([number(value, kind) for value in values], 4)
        print("};")


def emit_pow_tables():
    """For each sixteenth of an octave, from 1/2 (1 + 19/48): about 1 / m, and minus its logarithm."""
    edge = lambda j: (mp.mpf(1) / 2 if j < mp.mpf(29) / 3 else 1) * (
        1 + ((mp.mpf(19) / 3 + j) % 16) / 16)
    inverses = []
    for j in range(16):
        low, high = edge(mp.mpf(j)), edge(j + mp.mpf("0.99999999"))
        inverses.append(mp.mpf(1) if low < 1 <= high else mp.mpf(to_float(2 / (low + high))))
    print()
    print("/// Where the first sixteenth of an octave begins: 1 is inside one.")
    print(f"inline constexpr double pow_first = {number((1 + mp.mpf(19) / 48) / 2, 'float')[:-1]};")
    logs = [-mp.log(inverse, 2) for inverse in inverses]
    grid = {"float": mp.mpf(2) ** 15, "double": mp.mpf(2) ** 40}
    high = {kind: [mp.nint(log * scale) / scale for log in logs] for kind, scale in grid.items()}
    emit_table("pow_inverse", "1 / m, about, for m in a sixteenth of an octave",
               [(kind, inverses) for kind in grid])
    emit_table("pow_log_high", "-log2 of that, so that its sum with an exponent is exact",
               high.items())
    emit_table("pow_log_low", "What is missing",
               [(kind, [log - part for log, part in zip(logs, high[kind])]) for kind in grid])


def emit_center(name, meaning, function, guess, ends, degree_float, degree_double):
    """Around a zero, rounded: the value there, and the slope over the distance from it."""
    zero = mp.findroot(function, guess)
    declare(f"{name}_center", f"{meaning} over u = t - {name}_zero for t in [{ends[0]}, {ends[1]}]")
    for kind, round_to, degree in (("float", to_float, degree_float), ("double", float, degree_double)):
        point = mp.mpf(round_to(zero))
        value = function(point)
        slope = near(tiny, lambda u: (function(point + u) - value) / u, mp.diff(function, point))
        coefficients, worst = fit(slope, mp.mpf(ends[0]) - point, mp.mpf(ends[1]) - point, degree - 1)
        emit(f"{name}_center", kind, [value] + coefficients, worst)
        print(f"// {name}_zero is {number(point, kind)}", file=sys.stderr)


def silu_slope(t):
    e = mp.exp(-t)
    return e * (1 - t + e) / (1 + e) ** 2


def mish_slope(t):
    e = mp.exp(-t)
    return e * (4 + e * (6 + e * (4 + e)) - 4 * t * (1 + e)) / (2 + e * (2 + e)) ** 2


centers = [
    ("gelu_slope", "normal_cdf(-t) e^(t^2 / 2) - t / sqrt(2 pi)",
     lambda t: mp.erfc(t / root_2) * mp.exp(t * t / 2) / 2 - normal_density * t, 0.75, ("0.375", "1.625"), 8, 16),
    ("silu_slope", "silu_slope(-t)", silu_slope, 1.28, ("0.5", "2"), 9, 19),
    ("mish_slope", "mish_slope(-t)", mish_slope, 1.19, ("0", "1.625"), 10, 22),
]


topic = sys.argv[1] if len(sys.argv) > 1 else ""
print("// SPDX-License-Identifier: BSL-1.0")
print("// Written by docs/coefficients.py.")
print("#pragma once")
print()
if not topic:
    print("#include <cstdint>")
    print()
print("/// Polynomials of the vector operations; the error is that of the fit, relative.")
print("namespace fusor::detail::coefficients {")
if topic == "relaxed":
    emit_fits(relaxed_fits)
    declare_pieces("normal_pieces", "normal_cdf(-t), and 0 where it is nothing beside 1")
    for count, degree, offset, zero in ((32, 5, "0.5", 7), (8, 7, "0.5", 5.5), (16, 14, "0.75", 9)):
        emit_pieces("normal_pieces", count, degree,
                    lambda t: mp.erfc(t / root_2) / 2 if t < zero else mp.mpf(0), mp.mpf(offset),
                    unit=1)
elif topic in ("pieces_32", "pieces_8"):
    emit_piece_tables(int(topic[7:]), piece_tables)
elif topic == "pieces_16":
    emit_piece_tables(16, ("tanh_pieces", "erf_pieces"))
elif topic == "tail_pieces_16":
    emit_piece_tables(16, ("erfc_tail_pieces", "normal_tail_pieces"))
elif topic == "zeros":
    for center in centers:
        emit_center(*center)
elif topic == "power":
    emit_fits(power_fits)
    emit_pow_tables()
elif topic == "trigonometric":
    emit_fits(trigonometric_fits)
else:
    emit_all_steps()
    emit_fits(fits)
    for name, meaning, c, factor, unit, tail_fits in tails:
        declare(name, meaning)
        for kind, largest, degree in tail_fits:
            coefficients, worst = fit_from_middle(*scaled_tail(c, largest, factor, unit), degree)
            high = to_float(coefficients[0]) if kind == "float" else float(coefficients[0])
            emit(name, kind, [coefficients[0] - mp.mpf(high)] + coefficients, worst)
print()
print("}  // namespace fusor::detail::coefficients")
