// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>

#include "fusor/registry/catalogue.hpp"

/// The parameters of the activations: names, defaults, valid values and meaning, for code and
/// documentation alike.
namespace fusor {

/// The structure of activations that take no parameters.
struct no_parameters {};

/// The parameters of an activation, in the order of its structure, as its header lists them; empty
/// where there are none. A user's activation may have its own specialisation.
template <auto Activation>
inline constexpr auto parameters_of = [] {
  if constexpr (requires { decltype(Activation)::parameters(); }) {
    return decltype(Activation)::parameters();
  } else {
    return std::array<parameter<no_parameters>, 0>{};
  }
}();

}  // namespace fusor

#include "fusor/end.hpp"
