// SPDX-License-Identifier: BSL-1.0
// The catalogue alone, and 32 names of it, for measure_names.sh.
#include <fusor/registry/catalogue.hpp>

using namespace fusor;

constexpr auto literal_celu = "celu"_act;
constexpr auto literal_elu = "elu"_act;
constexpr auto literal_exponential = "exponential"_act;
constexpr auto literal_gelu = "gelu"_act;
constexpr auto literal_hard_shrink = "hard_shrink"_act;
constexpr auto literal_hard_sigmoid = "hard_sigmoid"_act;
constexpr auto literal_hard_silu = "hard_silu"_act;
constexpr auto literal_hard_swish = "hard_swish"_act;
constexpr auto literal_hard_tanh = "hard_tanh"_act;
constexpr auto literal_leaky_relu = "leaky_relu"_act;
constexpr auto literal_linear = "linear"_act;
constexpr auto literal_log_sigmoid = "log_sigmoid"_act;
constexpr auto literal_mish = "mish"_act;
constexpr auto literal_relu = "relu"_act;
constexpr auto literal_relu6 = "relu6"_act;
constexpr auto literal_selu = "selu"_act;
constexpr auto literal_sigmoid = "sigmoid"_act;
constexpr auto literal_silu = "silu"_act;
constexpr auto literal_soft_shrink = "soft_shrink"_act;
constexpr auto literal_softplus = "softplus"_act;
constexpr auto literal_softsign = "softsign"_act;
constexpr auto literal_sparse_plus = "sparse_plus"_act;
constexpr auto literal_sparse_sigmoid = "sparse_sigmoid"_act;
constexpr auto literal_squareplus = "squareplus"_act;
constexpr auto literal_swish = "swish"_act;
constexpr auto literal_tanh = "tanh"_act;
constexpr auto literal_tanh_shrink = "tanh_shrink"_act;
constexpr auto literal_threshold = "threshold"_act;
constexpr auto template_celu = activation<"celu">;
constexpr auto template_elu = activation<"elu">;
constexpr auto template_exponential = activation<"exponential">;
constexpr auto template_gelu = activation<"gelu">;

int main() {}
