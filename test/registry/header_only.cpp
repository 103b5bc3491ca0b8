// SPDX-License-Identifier: BSL-1.0
// Names at run time without fusor::runtime: one source file includes the implementation.
#define BOOST_TEST_MODULE registry_header_only
#include <boost/test/unit_test.hpp>
#include <fusor/registry/implementation.hpp>
#include <vector>

using namespace fusor;

BOOST_AUTO_TEST_CASE(a_handle_gives_the_bits_of_the_kernel) {
  for (const double v : {-3.0, -0.5, 0.25, 4.0}) {
    BOOST_TEST(get("mish")(v) == kernel<mish>(v));
    BOOST_TEST(get("leaky_relu", {{"negative_slope", 0.1}})(static_cast<float>(v)) ==
               kernel<leaky_relu(x, {.negative_slope = 0.1})>(static_cast<float>(v)));
  }
  std::vector<float16> data = {float16(-1.0f), float16(2.0f)};
  get("relu", {{"max_value", 1.5}})(data);
  BOOST_TEST((data == std::vector<float16>{float16(0.0f), float16(1.5f)}));
  BOOST_CHECK_THROW(get("misch"), unknown_activation);
}
