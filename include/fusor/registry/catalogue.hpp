// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/activations.hpp"
#include "fusor/registry/look_up.hpp"

namespace fusor {

namespace detail {

/// An entry, made when the map is asked for, by some T.
template <class T, spelling Name, class Activation>
constexpr auto entry(Activation activation) {
  return named<Name>(activation);
}

/// The map itself, made when it is asked for: the compiler takes 0.4 s for it. One line for each
/// activation.
// clang-format off
template <class T = void>
inline constexpr auto catalogue_map = hana::make_map(
    entry<T, "celu">(celu),
    entry<T, "elu">(elu),
    entry<T, "exponential">(exponential),
    entry<T, "gelu">(gelu),
    entry<T, "glu">(glu),
    entry<T, "hard_shrink">(hard_shrink),
    entry<T, "hard_sigmoid">(hard_sigmoid),
    entry<T, "hard_silu">(hard_silu),
    entry<T, "hard_swish">(hard_silu),
    entry<T, "hard_tanh">(hard_tanh),
    entry<T, "leaky_relu">(leaky_relu),
    entry<T, "linear">(linear),
    entry<T, "log_sigmoid">(log_sigmoid),
    entry<T, "log_softmax">(log_softmax),
    entry<T, "mish">(mish),
    entry<T, "relu">(relu),
    entry<T, "relu6">(relu6),
    entry<T, "selu">(selu),
    entry<T, "sigmoid">(sigmoid),
    entry<T, "silu">(silu),
    entry<T, "soft_shrink">(soft_shrink),
    entry<T, "softmax">(softmax),
    entry<T, "softplus">(softplus),
    entry<T, "softsign">(softsign),
    entry<T, "sparse_plus">(sparse_plus),
    entry<T, "sparse_sigmoid">(sparse_sigmoid),
    entry<T, "sparsemax">(sparsemax),
    entry<T, "squareplus">(squareplus),
    entry<T, "swish">(silu),
    entry<T, "tanh">(tanh(x)),
    entry<T, "tanh_shrink">(tanh_shrink),
    entry<T, "threshold">(threshold));
// clang-format on

struct catalogue_tag {};
struct catalogue_type {
  using hana_tag = catalogue_tag;

  template <class Key>
  constexpr auto operator[](const Key& key) const {
    return hana::at_key(*this, key);
  }
};

}  // namespace detail

/// Every activation by its Keras identifier: a map from hana::string to the activation. All that
/// Boost.Hana does with maps, it does with this one.
inline constexpr detail::catalogue_type catalogue{};

}  // namespace fusor

namespace boost::hana {

#define FUSOR_OF_CATALOGUE_MAP(operation)                                                          \
  template <>                                                                                      \
  struct operation##_impl<fusor::detail::catalogue_tag> {                                          \
    template <class Catalogue, class... Arguments>                                                 \
    static constexpr auto apply(const Catalogue&, Arguments&&... arguments) {                      \
      using none = std::conditional_t<true, void, Catalogue>; /* asked for by this call */         \
      return operation(fusor::detail::catalogue_map<none>, std::forward<Arguments>(arguments)...); \
    }                                                                                              \
  };
FUSOR_OF_CATALOGUE_MAP(at_key)
FUSOR_OF_CATALOGUE_MAP(any_of)
FUSOR_OF_CATALOGUE_MAP(contains)
FUSOR_OF_CATALOGUE_MAP(find)
FUSOR_OF_CATALOGUE_MAP(find_if)
FUSOR_OF_CATALOGUE_MAP(insert)
FUSOR_OF_CATALOGUE_MAP(keys)
FUSOR_OF_CATALOGUE_MAP(unpack)
#undef FUSOR_OF_CATALOGUE_MAP

}  // namespace boost::hana

namespace fusor {

/// The activation of a name: `activation<"mish">`, or of a catalogue of your own,
/// `activation<"swiglu", my_catalogue>`. A name that is not there is refused at compile time, with
/// the nearest ones.
template <detail::spelling Name, const auto& Catalogue = catalogue>
inline constexpr auto activation = detail::look_up<Name, Catalogue>();

inline namespace act_literals {

/// The activation of a name as a literal: `kernel<"hard_silu"_act>(in, out)`.
template <detail::spelling Name>
constexpr auto operator""_act() {
  return activation<Name>;
}

}  // namespace act_literals
}  // namespace fusor

#include "fusor/end.hpp"
