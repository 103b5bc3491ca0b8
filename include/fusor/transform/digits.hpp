// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/transform/digits/along_axes.hpp"
#include "fusor/transform/digits/clamps.hpp"
#include "fusor/transform/digits/differences.hpp"
#include "fusor/transform/digits/exponentials.hpp"
#include "fusor/transform/digits/hyperbolic.hpp"
#include "fusor/transform/digits/inverses.hpp"
#include "fusor/transform/digits/logarithms.hpp"
#include "fusor/transform/digits/powers.hpp"
#include "fusor/transform/digits/products.hpp"
#include "fusor/transform/digits/roots.hpp"
#include "fusor/transform/digits/slopes.hpp"
#include "fusor/transform/digits/sums.hpp"
#include "fusor/transform/digits/trigonometric.hpp"

/// Formulas as they are printed, and the operation that computes each without losing digits: rules
/// of algebra that hold for all real numbers, with A and B for any part of a formula. None of them
/// has a larger error than the formula as written, at any argument.
