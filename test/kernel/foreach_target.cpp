// SPDX-License-Identifier: BSL-1.0
// A user who compiles a file once for each instruction set, with Highway's foreach_target.h, may
// use kernels in the same file: <fusor/fusor.hpp> comes after foreach_target.h, as highway.h does.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernel/foreach_target.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h.
#include <hwy/highway.h>
#include <fusor/fusor.hpp>

HWY_BEFORE_NAMESPACE();
namespace own {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void twice(const float* in, float* out, std::size_t count) {
  const hn::CappedTag<float, 1> d;
  for (std::size_t i = 0; i < count; ++i) {
    hn::StoreU(hn::Add(hn::LoadU(d, in + i), hn::LoadU(d, in + i)), d, out + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace own
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#define BOOST_TEST_MODULE kernel_foreach_target
#include <boost/test/unit_test.hpp>
#include <vector>

#include "support/targets.hpp"

namespace own {
namespace {
HWY_EXPORT(twice);

void twice_on_this_cpu(const std::vector<float>& in, std::vector<float>& out) {
  HWY_DYNAMIC_DISPATCH(twice)(in.data(), out.data(), in.size());
}
}  // namespace
}  // namespace own

BOOST_AUTO_TEST_CASE(both_run_on_every_target) {
  fusor::test::on_every_target([] {
    const std::vector<float> in = {1, -2, 3, -4, 5};
    std::vector<float> out(5), kernel_out(5);
    own::twice_on_this_cpu(in, out);
    fusor::kernel<2 * fusor::x>(in, kernel_out);
    BOOST_TEST((out == kernel_out));
    BOOST_TEST(out[4] == 10.0f);
  });
}
#endif
