// SPDX-License-Identifier: BSL-1.0
// An audio effect, an overdriven valve, whose sound is a network: the host hands it blocks of 1 to
// 64 samples, on a thread that must not wait, so a call takes no memory from the heap. The network
// is a library of one function; the line of CMake beside this file makes it of the files that Keras
// writes.
#include <algorithm>
#include <amplifier.hpp>
#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <random>
#include <span>
#include <vector>

namespace {

std::atomic<std::size_t> allocations = 0;

void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  const std::size_t whole =
      (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment;
  void* const memory = std::aligned_alloc(alignment, whole);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// All memory that this program and its libraries of C++ take from the heap is counted.
void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, std::max(static_cast<std::size_t>(alignment), alignof(std::max_align_t)));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace {

constexpr std::size_t most_samples = 64;
constexpr std::size_t taps = amplifier::inputs;  // samples that the network hears at once

/// What a host calls.
class overdrive {
 public:
  /// Replaces a block of at most 64 samples. It allocates nothing, locks nothing and does not
  /// throw.
  void process(std::span<float> block) noexcept {
    std::copy(block.begin(), block.end(), heard_.begin() + taps - 1);
    for (std::size_t i = 0; i < block.size(); ++i) {
      std::copy_n(heard_.begin() + static_cast<std::ptrdiff_t>(i), taps, &windows_[i * taps]);
    }
    // The plain function of C gives a status; this call cannot be wrong.
    amplifier_predict(windows_.data(), block.data(), block.size());
    std::copy_n(heard_.begin() + static_cast<std::ptrdiff_t>(block.size()), taps - 1,
                heard_.begin());
  }

 private:
  std::array<float, most_samples + taps - 1> heard_{};  // the last samples, then the block
  std::array<float, most_samples * taps> windows_{};
};

/// What the network imitates.
float exact(const float* last) {
  constexpr std::array<double, taps> filter{0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.3};
  double driven = 0.3;
  for (std::size_t i = 0; i < taps; ++i) driven += 2 * filter[i] * static_cast<double>(last[i]);
  return static_cast<float>(std::tanh(driven) - std::tanh(0.3));
}

/// A string that is plucked again and again, a second of it, behind silence as long as the filter.
std::vector<float> guitar() {
  constexpr std::size_t rate = 48000, period = 218;
  std::vector<float> sound(taps - 1 + rate);
  std::mt19937 random(18);
  std::uniform_real_distribution<float> noise(-1, 1);
  for (std::size_t i = taps - 1; i < sound.size(); ++i) {
    const std::size_t since = (i - taps + 1) % (rate / 4);
    sound[i] = since < period ? 0.5f * noise(random)
                              : 0.498f * (sound[i - period] + sound[i - period + 1]);
  }
  return sound;
}

/// The sound through the effect, in blocks of the sizes that `next` gives.
template <class Next>
std::vector<float> through(std::span<const float> sound, std::size_t& allocated, Next next) {
  overdrive effect;
  std::vector<float> out(sound.begin(), sound.end());
  std::array<float, most_samples> warm_up{};
  overdrive().process(warm_up);  // the first call looks what the processor has
  const std::size_t before = allocations;
  for (std::size_t i = 0; i < out.size();) {
    const std::size_t size = std::min<std::size_t>(next(), out.size() - i);
    effect.process(std::span(out).subspan(i, size));
    i += size;
  }
  allocated = allocations - before;
  return out;
}

}  // namespace

int main() {
  const std::vector<float> sound = guitar();
  const std::span<const float> played = std::span(sound).subspan(taps - 1);
  std::mt19937 random(1);
  std::uniform_int_distribution<std::size_t> sizes(1, most_samples);
  std::array<std::size_t, 3> allocated{};
  const std::vector<float> whole = through(played, allocated[0], [] { return most_samples; });
  const std::vector<float> single = through(played, allocated[1], [] { return std::size_t{1}; });
  const std::vector<float> mixed = through(played, allocated[2], [&] { return sizes(random); });

  double largest = 0, squares = 0, loudness = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const double wanted = static_cast<double>(exact(&sound[i]));
    const double error = static_cast<double>(whole[i]) - wanted;
    largest = std::max(largest, std::abs(error));
    squares += error * error;
    loudness += wanted * wanted;
  }
  const double decibels = 10 * std::log10(squares / loudness);
  std::printf("%zu samples: %.0f dB of error, at most %.4f\n", whole.size(), decibels, largest);
  std::printf("allocations in blocks of 64, of 1, of 1 to 64: %zu, %zu, %zu\n", allocated[0],
              allocated[1], allocated[2]);

  if (single != whole || mixed != whole) {
    std::printf("FAILED: the sound depends on the size of the blocks\n");
    return 1;
  }
  if (allocated != std::array<std::size_t, 3>{}) {
    std::printf("FAILED: a call of the effect allocates\n");
    return 1;
  }
  if (!(decibels < -35 && largest < 0.03)) {
    std::printf("FAILED: the network does not sound like the valve\n");
    return 1;
  }
  std::printf("OK: the same bits in blocks of any size, without allocations\n");
  return 0;
}
