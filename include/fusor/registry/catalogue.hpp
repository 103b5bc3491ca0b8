// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/activations.hpp"
#include "fusor/registry/look_up.hpp"

namespace fusor {

namespace detail {

/// The map itself, made when it is asked for: the compiler takes 0.3 s for it. One line for each
/// activation.
// clang-format off
template <class T = void>
inline constexpr auto catalogue_map = hana::make_map(
    named<"celu">(celu),
    named<"elu">(elu),
    named<"exponential">(exponential),
    named<"gelu">(gelu),
    named<"glu">(glu),
    named<"hard_shrink">(hard_shrink),
    named<"hard_sigmoid">(hard_sigmoid),
    named<"hard_silu">(hard_silu),
    named<"hard_swish">(hard_silu),
    named<"hard_tanh">(hard_tanh),
    named<"leaky_relu">(leaky_relu),
    named<"linear">(linear),
    named<"log_sigmoid">(log_sigmoid),
    named<"log_softmax">(log_softmax),
    named<"mish">(mish),
    named<"relu">(relu),
    named<"relu6">(relu6),
    named<"selu">(selu),
    named<"sigmoid">(sigmoid),
    named<"silu">(silu),
    named<"soft_shrink">(soft_shrink),
    named<"softmax">(softmax),
    named<"softplus">(softplus),
    named<"softsign">(softsign),
    named<"sparse_plus">(sparse_plus),
    named<"sparse_sigmoid">(sparse_sigmoid),
    named<"sparsemax">(sparsemax),
    named<"squareplus">(squareplus),
    named<"swish">(silu),
    named<"tanh">(tanh(x)),
    named<"tanh_shrink">(tanh_shrink),
    named<"threshold">(threshold));
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
