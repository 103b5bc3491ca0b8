// SPDX-License-Identifier: BSL-1.0
// How often a kernel over tensors reads and writes memory, counted by an emulated cache: pages that
// may not be touched until they are fetched, of which the oldest is dropped when there are too
// many.
#define BOOST_TEST_MODULE kernel.traffic
#define FUSOR_BYTES_IN_CACHES (1 << 20)
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fusor/fusor.hpp>
#include <ostream>
#include <random>
#include <vector>

#include "support/targets.hpp"

namespace {

using namespace fusor;

/// The fewest and the most times that each of some pages was fetched.
struct times {
  int fewest;
  int most;

  friend bool operator==(const times&, const times&) = default;
  friend std::ostream& operator<<(std::ostream& out, const times& t) {
    return out << t.fewest << " to " << t.most << " times";
  }
};

/// Memory behind the emulated cache. At most one object at a time.
class cached_memory {
 public:
  static constexpr std::size_t cached_pages = 96;

  explicit cached_memory(std::size_t pages) : total_(pages), fetched_(pages, 0) {
    page_ = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    void* const memory =
        mmap(nullptr, pages * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    BOOST_REQUIRE(memory != MAP_FAILED);
    memory_ = static_cast<char*>(memory);
    current = this;
    struct sigaction action {};
    action.sa_sigaction = [](int, siginfo_t* info, void*) { current->fetch(info->si_addr); };
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, &before_);
  }
  ~cached_memory() {
    sigaction(SIGSEGV, &before_, nullptr);
    current = nullptr;
    munmap(memory_, total_ * page_);
  }
  cached_memory(const cached_memory&) = delete;
  cached_memory& operator=(const cached_memory&) = delete;

  template <class T>
  T* at_page(std::size_t page) const {
    return reinterpret_cast<T*>(memory_ + page * page_);
  }
  std::size_t page_bytes() const {
    return page_;
  }

  /// Empties the cache and counts from 0.
  void start() {
    mprotect(memory_, total_ * page_, PROT_NONE);
    std::fill(fetched_.begin(), fetched_.end(), 0);
    std::fill(std::begin(ring_), std::end(ring_), none);
  }
  /// Makes everything readable again.
  void stop() {
    mprotect(memory_, total_ * page_, PROT_READ | PROT_WRITE);
  }
  times fetched(std::size_t first, std::size_t count) const {
    const auto [least, most] =
        std::minmax_element(fetched_.begin() + static_cast<std::ptrdiff_t>(first),
                            fetched_.begin() + static_cast<std::ptrdiff_t>(first + count));
    return {*least, *most};
  }
  std::size_t fetched_less_than(int times, std::size_t first, std::size_t count) const {
    const auto begin = fetched_.begin() + static_cast<std::ptrdiff_t>(first);
    return static_cast<std::size_t>(
        std::count_if(begin, begin + static_cast<std::ptrdiff_t>(count),
                      [times](int fetches) { return fetches < times; }));
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static cached_memory* current;

  /// In the signal handler: nothing but arithmetic and mprotect.
  void fetch(void* address) {
    const auto offset = static_cast<std::size_t>(static_cast<char*>(address) - memory_);
    const std::size_t page = offset / page_;
    if (static_cast<char*>(address) < memory_ || page >= total_)
      _exit(3);  // a fault of another kind
    std::size_t& oldest = ring_[next_];
    if (oldest != none) mprotect(memory_ + oldest * page_, page_, PROT_NONE);
    oldest = page;
    next_ = (next_ + 1) % cached_pages;
    ++fetched_[page];
    mprotect(memory_ + page * page_, page_, PROT_READ | PROT_WRITE);
  }

  std::size_t page_;
  std::size_t total_;
  char* memory_;
  std::vector<int> fetched_;
  std::size_t ring_[cached_pages];
  std::size_t next_ = 0;
  struct sigaction before_;
};
cached_memory* cached_memory::current = nullptr;

/// Runs a kernel of one input and one output on `rows` x `row` x `side` elements along axis 1, on
/// every instruction set, and compares the fetches of every page with the schedule.
template <auto Formula, class T>
void check_traffic(std::size_t rows, std::size_t row, std::size_t side, int reads, float scale) {
  const std::size_t count = rows * row * side;
  const std::size_t pages = count * sizeof(T) / static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  cached_memory memory(2 * pages);
  BOOST_REQUIRE(pages * memory.page_bytes() == count * sizeof(T));
  T* const in = memory.at_page<T>(0);
  T* const out = memory.at_page<T>(pages);
  std::mt19937 random(7);
  std::normal_distribution<float> normal(0, scale);
  for (std::size_t i = 0; i < count; ++i) in[i] = static_cast<T>(normal(random));
  const auto from = view(in, {rows, row, side});
  const auto to = view(out, {rows, row, side});
  test::on_every_target([&] {
    memory.start();
    kernel<Formula>(from, to);
    memory.stop();
    // The outputs of rows side by side are written backward: the end is in the cache still.
    const bool is_backward = side > 1 && reads > 1;
    BOOST_TEST(memory.fetched(0, pages) == (times{is_backward ? reads - 1 : reads, reads}));
    BOOST_TEST(memory.fetched_less_than(reads, 0, pages) <=
               (is_backward ? cached_memory::cached_pages * rows : 0));
    BOOST_TEST(memory.fetched(pages, pages) == (times{1, 1}));
  });
}

constexpr std::size_t Ki = 1024;
constexpr auto softmax_1 = softmax(x, {.axis = 1});
constexpr auto log_softmax_1 = log_softmax(x, {.axis = 1});
constexpr auto scaled_softmax = softmax(0.125 * x + 1, {.axis = 1});
constexpr auto rms_norm = x * rsqrt(reduce_mean(square(x), {.axis = 1}) + 1e-6);
constexpr auto centred = x - reduce_mean(x, {.axis = 1});
constexpr auto layer_norm = centred / sqrt(reduce_mean(square(centred), {.axis = 1}) + 1e-5);

BOOST_AUTO_TEST_CASE(rows_that_fit_the_cache_are_read_once_and_written_once) {
  static_assert(schedule<softmax_1>.reads == 1 && schedule<softmax_1>.writes == 1);
  check_traffic<softmax_1, float>(64, 16 * Ki, 1, 1, 3);
  check_traffic<log_softmax_1, float>(64, 16 * Ki, 1, 1, 3);
  check_traffic<softmax_1, double>(64, 8 * Ki, 1, 1, 3);
  check_traffic<layer_norm, float>(64, 16 * Ki, 1, 1, 3);
  check_traffic<softmax_1, float>(4096, 64, 1, 1, 3);
  check_traffic<softmax_1, float>(64, 256, 64, 1, 3);
}

BOOST_AUTO_TEST_CASE(softmax_of_rows_that_fit_no_cache_reads_twice_and_writes_once) {
  static_assert(schedule<softmax_1>.passes == 3 && schedule<softmax_1>.passes_beyond_caches == 2);
  static_assert(schedule<log_softmax_1>.passes_beyond_caches == 2);
  static_assert(schedule<scaled_softmax>.passes_beyond_caches == 2);
  check_traffic<softmax_1, float>(2, 512 * Ki, 1, 2, 3);
  check_traffic<log_softmax_1, float>(2, 512 * Ki, 1, 2, 3);
  check_traffic<scaled_softmax, float>(2, 512 * Ki, 1, 2, 3);
  check_traffic<softmax_1, double>(2, 256 * Ki, 1, 2, 3);
  check_traffic<log_softmax_1, double>(2, 256 * Ki, 1, 2, 3);
  check_traffic<softmax_1, float16>(2, 1024 * Ki, 1, 2, 3);
  // Rows side by side, as many as the widest vector has lanes.
  check_traffic<softmax_1, float>(2, 128 * Ki, 16, 2, 3);
  check_traffic<log_softmax_1, float>(2, 128 * Ki, 16, 2, 3);
}

BOOST_AUTO_TEST_CASE(the_other_formulas_read_rows_that_fit_no_cache_once_for_each_pass) {
  static_assert(schedule<rms_norm>.passes_beyond_caches == 2);
  static_assert(schedule<layer_norm>.passes_beyond_caches == 3);
  check_traffic<rms_norm, float>(2, 512 * Ki, 1, 2, 3);
  check_traffic<layer_norm, float>(2, 512 * Ki, 1, 3, 3);
}

}  // namespace
