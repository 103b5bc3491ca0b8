// SPDX-License-Identifier: BSL-1.0
// The kernels of fusor::runtime by name: all are there, and take every call that a kernel takes.
#define BOOST_TEST_MODULE registry_kernels
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <fusor/registry/kernels.hpp>
#include <set>
#include <string>
#include <vector>

#include "support/refusal.hpp"
#include "support/tasks.hpp"

#if defined(HWY_NAMESPACE)
#error "a file that calls compiled kernels is to see no loops"
#endif

using namespace fusor;
using fusor::test::backwards;
using fusor::test::refusal;
using fusor::test::waves;

namespace {

struct named_kernel {
  std::string name;
  void (*run)(const std::vector<float>& in, std::vector<float>& out);
};

#define FUSOR_NAMED(name)                                                                            \
  named_kernel {                                                                                     \
#name,                                                                                           \
        [](const std::vector <float>& in,                                                            \
           std::vector <float>&                                                                      \
               out) { kernels::name(view(in, {2, in.size() / 2}), view(out, {2, out.size() / 2})); } \
  }
const named_kernel all[] = {
    FUSOR_NAMED(celu),           FUSOR_NAMED(elu),         FUSOR_NAMED(exponential),
    FUSOR_NAMED(gelu),           FUSOR_NAMED(glu),         FUSOR_NAMED(hard_shrink),
    FUSOR_NAMED(hard_sigmoid),   FUSOR_NAMED(hard_silu),   FUSOR_NAMED(hard_tanh),
    FUSOR_NAMED(leaky_relu),     FUSOR_NAMED(linear),      FUSOR_NAMED(log_sigmoid),
    FUSOR_NAMED(log_softmax),    FUSOR_NAMED(mish),        FUSOR_NAMED(relu),
    FUSOR_NAMED(relu6),          FUSOR_NAMED(selu),        FUSOR_NAMED(sigmoid),
    FUSOR_NAMED(silu),           FUSOR_NAMED(soft_shrink), FUSOR_NAMED(softmax),
    FUSOR_NAMED(softplus),       FUSOR_NAMED(softsign),    FUSOR_NAMED(sparse_plus),
    FUSOR_NAMED(sparse_sigmoid), FUSOR_NAMED(sparsemax),   FUSOR_NAMED(squareplus),
    FUSOR_NAMED(tanh),           FUSOR_NAMED(tanh_shrink)};

}  // namespace

BOOST_AUTO_TEST_CASE(all_of_the_catalogue) {
  std::set<std::string> expected(activation_names().begin(), activation_names().end());
  for (const char* other : {"hard_swish", "swish", "threshold"}) expected.erase(other);
  for (const named_kernel& kernel : all) {
    BOOST_TEST(expected.erase(kernel.name) == 1u, kernel.name);
    const std::vector<float> in = waves(60);
    const std::size_t columns = kernel.name == "glu" ? 15 : 30;
    std::vector<float> found(2 * columns), out(2 * columns);
    get(kernel.name)(view(in, {2, 30}), view(found, {2, columns}));
    kernel.run(in, out);
    BOOST_TEST((out == found), kernel.name);
  }
  BOOST_TEST(expected.empty());
}

BOOST_AUTO_TEST_CASE(every_call) {
  const std::vector<float> in = waves(100000);
  std::vector<float> expected(in.size()), out(in.size(), -1);
  kernels::mish(in, expected);
  BOOST_TEST(expected[0] == -0.01485408f, boost::test_tools::tolerance(1e-6f));
  kernels::mish(in.data(), out.data(), 70);
  BOOST_TEST(out[69] == expected[69]);
  BOOST_TEST(out[70] == -1);
  out = in;
  kernels::mish(out);
  BOOST_TEST((out == expected));
  BOOST_TEST(kernels::mish(in[7]) == expected[7]);
  kernels::mish(in[7], out);
  BOOST_TEST(out[99999] == expected[7]);

  std::size_t tasks = 0;
  kernels::mish(parallel(backwards{&tasks}, 3), in, out);
  BOOST_TEST((out == expected));
  BOOST_TEST(tasks > 1u);
  // Views that are one array.
  tasks = 0;
  out.assign(in.size(), -1);
  kernels::mish(parallel(backwards{&tasks}, 3), view(in, {100000}), view(out, {100000}));
  BOOST_TEST((out == expected));
  BOOST_TEST(tasks > 1u);
  // Every second element, by several threads.
  tasks = 0;
  std::vector<float> wide(2 * in.size(), -1);
  kernels::mish(parallel(backwards{&tasks}, 3), view(in, {100000, 1}),
                view(wide, {100000, 1}, {2, 1}));
  for (std::size_t i = 0; i < in.size(); i += 1009) {
    BOOST_TEST(wide[2 * i] == expected[i]);
    BOOST_TEST(wide[2 * i + 1] == -1);
  }
  kernels::mish(view(in, {100000}), view(wide, {100000}, {2}));
  BOOST_TEST(wide[2 * 99999] == expected[99999]);

  kernels::softmax(view(in, {100, 1000}), view(expected, {100, 1000}));
  tasks = 0;
  kernels::softmax(parallel(backwards{&tasks}, 3), view(in, {100, 1000}), view(out, {100, 1000}));
  BOOST_TEST((out == expected));
  BOOST_TEST(tasks > 1u);
  kernels::softmax(in.data() + 1000, out.data(), 1000);
  BOOST_TEST(out[999] == expected[1999]);

  const std::vector<float16> half(10, float16(1));
  std::vector<float16> halves(10);
  kernels::mish(half, halves);
  BOOST_TEST((halves[9] == float16(0.865098f)));
}

BOOST_AUTO_TEST_CASE(refusals) {
  const std::vector<float> in(10);
  std::vector<float> out(9, -7);
  BOOST_TEST(refusal<shape_error>([&] { kernels::mish(in, out); }) ==
             "kernel: the output has 9 elements, the input has 10");
  BOOST_TEST(refusal<shape_error>([&] { kernels::softmax(in, out, 10); }) ==
             "kernel: the count is 10, the output has 9 elements");
  BOOST_TEST(refusal<shape_error>([&] { get("mish")(in, out, -1); }) ==
             "kernel: the count is -1, it must be a number of elements that memory can hold");
  BOOST_TEST(refusal<axis_error>([&] { kernels::glu(in.data(), out.data(), 0); }) == "nothing");
  BOOST_TEST(refusal<overlap_error>(
                 [&] { kernels::mish(std::span(out).first(8), std::span(out).last(8)); }) ==
             "kernel: the output overlaps the input; pass the same memory to work in place, or "
             "memory apart from it");
  BOOST_TEST(out[0] == -7);
}
