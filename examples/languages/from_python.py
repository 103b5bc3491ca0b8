# SPDX-License-Identifier: BSL-1.0
"""Fused kernels on NumPy arrays, through ctypes: python3 from_python.py <library of kernels.cpp>."""
import ctypes
import sys

import numpy as np

library = ctypes.CDLL(sys.argv[1])
library.fusor_message.restype = ctypes.c_char_p
SUFFIX = {np.dtype(np.float32): "float", np.dtype(np.float64): "double", np.dtype(np.float16): "float16"}


def kernel(name, *inputs, out=None):
    """Calls a kernel on arrays of one type, broadcast to one shape; strided ones are copied first."""
    dtype = np.result_type(*inputs)
    if dtype not in SUFFIX:
        raise TypeError(f"{name}: elements must be float16, float32 or float64, not {dtype}")
    arrays = np.broadcast_arrays(*[np.asarray(each, dtype) for each in inputs])
    arrays = [np.ascontiguousarray(each) for each in arrays]
    result = np.empty(arrays[0].shape, dtype) if out is None else out
    if result.shape != arrays[0].shape or result.dtype != dtype:
        raise ValueError(f"{name}: out must have shape {arrays[0].shape} and type {dtype}")
    target = result if result.flags.c_contiguous else np.empty(result.shape, dtype)
    pointers = [ctypes.c_void_p(each.ctypes.data) for each in (*arrays, target)]
    function = getattr(library, f"{name}_{SUFFIX[dtype]}")
    if function(*pointers, ctypes.c_size_t(target.size)) != 0:
        raise ValueError(library.fusor_message().decode())
    if target is not result:
        result[...] = target
    return result


def units_apart(got, exact):
    """The largest distance from exact values, in units of the last place of the type of `got`."""
    unit = np.spacing(np.abs(exact.astype(got.dtype)))
    return float(np.max(np.abs(got.astype(exact.dtype) - exact) / unit.astype(exact.dtype)))


def softplus_of_numpy(x):
    return np.logaddexp(x, 0)


random = np.random.default_rng(1)
failures = 0


def check(what, units, bound=2):
    global failures
    failures += not units <= bound
    print(f"{what:42} {units:.2f} ULP from NumPy")


x = random.normal(0, 3, (300, 500)).astype(np.float32)
y = random.normal(0, 1, 500).astype(np.float32)
wide = x.astype(np.longdouble)
check("softplus, float32", units_apart(kernel("smooth_relu", x), softplus_of_numpy(wide)))
check("softplus, float64", units_apart(kernel("smooth_relu", x.astype(float)), softplus_of_numpy(wide)))
check("softplus, float16", units_apart(kernel("smooth_relu", x.astype(np.float16)),
                                       softplus_of_numpy(x.astype(np.float16).astype(float))))
check("softplus, every second column, transposed",
      units_apart(kernel("smooth_relu", x[:, ::2].T), softplus_of_numpy(wide[:, ::2].T)))
elu = np.where(wide > 0, wide, np.expm1(wide))
check("scaled elu, one row of scales for all",
      units_apart(kernel("scaled_elu", x, y), elu * y.astype(np.longdouble)))

out = np.zeros((300, 1000), np.float32)
kernel("smooth_relu", x, out=out[:, ::2])
failures += not (np.array_equal(out[:, ::2], kernel("smooth_relu", x)) and not out[:, 1::2].any())
in_place = x.copy()
kernel("smooth_relu", in_place, out=in_place)
failures += not np.array_equal(in_place, kernel("smooth_relu", x))

flat = x.ravel()
try:
    kernel("smooth_relu", flat[:-1], out=flat[1:])
    failures += 1
except ValueError as error:
    print("refused:", error)
    failures += "the output overlaps the input" not in str(error)

print("FAILED" if failures else "OK: kernels from Python")
sys.exit(failures != 0)
