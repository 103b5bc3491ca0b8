# SPDX-License-Identifier: BSL-1.0
"""The DLTensors that NumPy makes: `dlpack_numpy.py <library>`."""
import ctypes
import sys

import numpy

softmax_of = ctypes.CDLL(sys.argv[1]).softmax_of
softmax_of.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
softmax_of.restype = ctypes.c_char_p
pointer_in = ctypes.pythonapi.PyCapsule_GetPointer
pointer_in.argtypes = [ctypes.py_object, ctypes.c_char_p]
pointer_in.restype = ctypes.c_void_p


def softmax(x, out):
    """softmax along the last axis, into `out`. Returns what was refused."""
    capsules = x.__dlpack__(), out.__dlpack__()
    return softmax_of(*(pointer_in(capsule, b"dltensor") for capsule in capsules)).decode()


def expected(x):
    powers = numpy.exp(x.astype(float))
    return powers / powers.sum(axis=-1, keepdims=True)


numbers = numpy.random.default_rng(42).normal(size=(4, 6, 10))
for kind, tolerance in (numpy.float32, 1e-6), (numpy.float64, 1e-14), (numpy.float16, 1e-3):
    x = numbers.astype(kind)
    # Contiguous, transposed, backwards, every other, broadcast, of one axis, without elements.
    for view in (x, x.T, x[::-1, :, ::-1], x[1:3, ::2, 2:9:3], x[0], x[:, 3, 2], x[:0],
                 numpy.broadcast_to(x[0, 0], (3, 10)).copy(), x[..., None], x[2:3]):
        memory = numpy.full((3,) + view.shape, 7, kind)
        assert softmax(view, memory[1]) == ""
        assert numpy.allclose(memory[1], expected(view), rtol=tolerance, atol=tolerance)
        assert (memory[0] == 7).all() and (memory[2] == 7).all()

x = numpy.ones((2, 3), numpy.float32)
out = numpy.zeros((2, 3), numpy.float64)
assert softmax(x, out) == "view: the DLTensor has elements of float64, not float32"
assert softmax(x.astype(int), out) == (
    "view: the DLTensor has elements of int64, not float32, float64, float16 or bfloat16")
assert softmax(x, numpy.zeros((3, 2), numpy.float32)) == (
    "kernel: the input has shape (2, 3), which does not broadcast to (3, 2) of the output")
assert (out == 0).all()
